from __future__ import annotations

import stat
import sys
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend

from tests.sync.samples import OFFICE, TUTOR
from xqhz_desktop import paths
from xqhz_desktop.errors import BadFile, WrongKey
from xqhz_desktop.sync import keystore


class SystemPasswords(KeyringBackend):  # type: ignore[misc]
    """What a desktop offers, in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture
def system() -> Iterator[SystemPasswords]:
    before, passwords = keyring.get_keyring(), SystemPasswords()
    keyring.set_keyring(passwords)
    yield passwords
    keyring.set_keyring(before)


def test_keys_are_kept_with_the_passwords_of_the_system(system: SystemPasswords) -> None:
    keystore.keep(OFFICE)
    assert keystore.load(OFFICE.id) == OFFICE
    assert system.kept
    assert not paths.settings_file().with_name("keys").exists()


def test_keys_forgotten_are_gone(system: SystemPasswords) -> None:
    keystore.keep(OFFICE)
    for _ in range(2):
        keystore.forget(OFFICE.id)
    assert keystore.load(OFFICE.id) is None


def test_a_computer_without_such_a_store_keeps_a_file_only_its_owner_reads() -> None:
    keystore.keep(OFFICE)
    keystore.keep(TUTOR)
    keystore.keep(OFFICE)
    (file,) = paths.settings_file().with_name("keys").glob(f"{OFFICE.id}*")
    assert keystore.load(OFFICE.id) == OFFICE
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o600
    keystore.forget(OFFICE.id)
    assert keystore.load(OFFICE.id) is None


def test_a_passphrase_wraps_the_file() -> None:
    keystore.keep(OFFICE, "four unrelated long words")
    assert keystore.load(OFFICE.id, "four unrelated long words") == OFFICE
    for wrong in ("", "another"):
        with pytest.raises(WrongKey):
            keystore.load(OFFICE.id, wrong)
    text = "".join(file.read_text() for file in paths.settings_file().with_name("keys").iterdir())
    assert OFFICE.seed.hex() not in text


def test_keys_that_are_damaged_are_said_so() -> None:
    keystore.keep(OFFICE)
    (file,) = paths.settings_file().with_name("keys").iterdir()
    file.write_bytes(file.read_bytes()[:-3])
    with pytest.raises(BadFile):
        keystore.load(OFFICE.id)


def test_secrets_do_not_stand_in_the_log() -> None:
    assert OFFICE.identity not in repr(OFFICE)
    assert repr(OFFICE.seed) not in repr(OFFICE)

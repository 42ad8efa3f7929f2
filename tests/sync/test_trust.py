from __future__ import annotations

import pytest

from tests.sync.samples import OFFICE, TUTOR
from xqhz_desktop.errors import BadFile, BadPackage
from xqhz_desktop.sync import trust


def test_keys_come_back_from_where_they_were_kept() -> None:
    assert trust.device(OFFICE.secret()) == OFFICE


def test_two_devices_never_have_the_same_keys() -> None:
    assert trust.make_device().public != trust.make_device().public


@pytest.mark.parametrize("secret", [b"", b"00", b"00 AGE", OFFICE.secret()[2:], b"\xff\xfe"])
def test_keys_that_are_damaged_are_refused(secret: bytes) -> None:
    with pytest.raises(BadFile):
        trust.device(secret)


def test_a_signature_stands_for_one_text_and_one_device() -> None:
    signature = OFFICE.sign(b"week 12")
    assert trust.verified(OFFICE.public.key, b"week 12", signature)
    assert not trust.verified(OFFICE.public.key, b"week 13", signature)
    assert not trust.verified(TUTOR.public.key, b"week 12", signature)
    assert not trust.verified(b"no key", b"week 12", signature)
    assert not trust.verified(OFFICE.public.key, b"week 12", b"no signature")


def test_what_is_sealed_opens_for_its_readers_alone() -> None:
    sealed = trust.sealed(b"secret", [OFFICE.public.recipient, OFFICE.public.recipient])
    assert trust.opened(sealed, [TUTOR, OFFICE]) == b"secret"
    for devices in ([TUTOR], []):
        with pytest.raises(BadPackage) as refused:
            trust.opened(sealed, devices)
        assert refused.value.code == "WRONG_KEY"


def test_a_reader_whose_key_is_nonsense_is_said_so() -> None:
    with pytest.raises(BadFile):
        trust.sealed(b"secret", ["age1nonsense"])

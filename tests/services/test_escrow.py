"""The school in the safe: the only laptop is lost; two files and twelve words bring it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.make import make
from tests.services.laptops import Laptop, joined, meet, office
from xqhz_desktop import paths
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import UserError, WrongKey
from xqhz_desktop.services import (
    attaching,
    backups,
    enrolling,
    escrow,
    newcomers,
    syncing,
    workspace,
)
from xqhz_desktop.services.escrow import Deposit
from xqhz_desktop.sync import keystore


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Go to another computer, which knows none of the keys."""

    def go() -> None:
        monkeypatch.setenv("XQHZ_CONFIG", str(tmp_path / "another computer"))

    return go


@pytest.fixture
def safe(first: Laptop, tmp_path: Path) -> Deposit:
    """What the office put into the safe."""
    first.save(make(Student, name="张三"))
    return escrow.deposit(first.work, tmp_path / "safe" / "星河职校")


def new_computer(folder: Path) -> Laptop:
    return Laptop(workspace.join(folder / "new"), folder / "new stick")


def test_the_school_goes_on_when_its_only_laptop_is_lost(
    first: Laptop, safe: Deposit, tmp_path: Path, elsewhere: Callable[[], None]
) -> None:
    lost = first.all()
    elsewhere()
    new = new_computer(tmp_path)
    made = escrow.recover(new.work, safe.files[0], safe.words, "教务处（新）")
    assert made.me.name == "教务处（新）"
    assert new.all() == lost
    enrolling.revoke(new.work, "教务处", "丢失")
    third = joined(new, tmp_path, "机电系")
    third.take(newcomers.make(new.work, tmp_path / "all.xqhz").files[0])
    meet(new, third)
    workspace.close(third.work)
    workspace.close(new.work)


def test_the_words_open_it_in_either_language(
    safe: Deposit, tmp_path: Path, elsewhere: Callable[[], None]
) -> None:
    assert len(safe.words.split()) == len(safe.words.english.split()) == escrow.WORDS
    elsewhere()
    new = new_computer(tmp_path)
    escrow.recover(new.work, safe.files[0], safe.words.english.upper(), "教务处（新）")
    workspace.close(new.work)


@pytest.mark.parametrize("words", ["", "苹果 香蕉", "apple " * 12, "没有 这些 词"])
def test_other_words_open_nothing(
    safe: Deposit, words: str, tmp_path: Path, elsewhere: Callable[[], None]
) -> None:
    elsewhere()
    new = new_computer(tmp_path)
    with pytest.raises(WrongKey):
        escrow.recover(new.work, safe.files[0], words, "教务处")
    assert not enrolling.members(new.work)
    assert not new.all()
    workspace.close(new.work)


def test_the_key_lies_in_no_file_of_the_safe_readably(first: Laptop, safe: Deposit) -> None:
    with first.work.store.read() as reader:
        row = reader.cursor.execute("SELECT value FROM meta WHERE name = 'anchors'").fetchone()
    school = keystore.load(row[0][2:-2])
    assert school is not None
    for file in safe.files:
        data = file.read_bytes()
        for secret in (school.identity.encode(), school.seed, school.seed.hex().encode()):
            assert secret not in data


def test_a_restored_backup_goes_on_under_the_schools_key(
    first: Laptop, safe: Deposit, tmp_path: Path, elsewhere: Callable[[], None]
) -> None:
    first.save(later := make(Student, name="李四"))
    backup = backups.make(first.work, tmp_path / "backup.zip")
    elsewhere()
    backups.restore(backup, tmp_path / "restored")
    new = Laptop(workspace.opened(tmp_path / "restored"), tmp_path / "stick")
    made = escrow.recover(new.work, safe.files[0], safe.words, "教务处（新）")
    assert made.taken is None
    assert new.now(later) == later
    third = joined(new, tmp_path, "机电系")
    meet(new, third)
    assert third.now(later) == later
    workspace.close(third.work)
    workspace.close(new.work)


def test_packages_for_other_computers_open_with_the_schools_key(
    first: Laptop, tmp_path: Path, elsewhere: Callable[[], None]
) -> None:
    safe = escrow.deposit(first.work, tmp_path / "safe" / "星河职校")
    second = joined(first, tmp_path, "机电系")
    first.save(sent := make(Student, name="王五"))
    file = first.pack(to=["机电系"])
    workspace.close(second.work)
    elsewhere()
    new = new_computer(tmp_path)
    escrow.recover(new.work, safe.files[0], safe.words, "教务处（新）")
    new.take(file)
    assert new.now(sent) == sent
    workspace.close(new.work)


def test_files_of_records_are_in_the_safe_too(
    first: Laptop, tmp_path: Path, elsewhere: Callable[[], None]
) -> None:
    first.save(student := make(Student, name="张三"))
    given = [attaching.pasted("a.pdf", b"one")]
    (scan,) = attaching.attach(first.work, "student", student.id, given)
    safe = escrow.deposit(first.work, tmp_path / "safe" / "星河职校")
    elsewhere()
    new = new_computer(tmp_path)
    escrow.recover(new.work, safe.files[0], safe.words, "教务处（新）")
    assert attaching.read(new.work, scan) == b"one"
    workspace.close(new.work)


def test_a_key_of_another_school_is_refused(
    safe: Deposit, tmp_path: Path, elsewhere: Callable[[], None]
) -> None:
    elsewhere()
    other = office(tmp_path / "other")
    for id in [one.id for one in enrolling.members(other.work)]:
        keystore.forget(id)
    with pytest.raises(UserError) as refused:
        escrow.recover(other.work, safe.files[0], safe.words, "教务处")
    assert refused.value.code == "OTHER_SCHOOL"
    workspace.close(other.work)


def test_only_the_computer_with_the_schools_key_fills_the_safe(
    second: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = paths.settings_file().parent / "keys"
    with second.work.store.read() as reader:
        row = reader.cursor.execute("SELECT value FROM meta WHERE name = 'anchors'").fetchone()
    (keys / f"{row[0][2:-2]}.key").rename(tmp_path / "hidden.key")
    with pytest.raises(UserError) as refused:
        escrow.deposit(second.work, tmp_path / "safe" / "x")
    assert refused.value.code == "NO_SCHOOL_KEY"
    assert not syncing.packages(second.work, limit=1)[0].file.startswith("x")

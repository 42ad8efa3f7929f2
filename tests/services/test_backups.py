"""Backups: written in one step, checked, restored without losing what was there."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.make import make
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import BadFile, NotFound, UserError, WrongKey
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import backups, records, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import backups as files


def students(folder: Path, passphrase: str = "") -> list[str]:
    work = workspace.opened(folder, passphrase=passphrase)
    with work.store.read() as reader:
        found = sorted(one.called for one in reader.all("student"))
    workspace.close(work)
    return found


def add(work: Work, name: str) -> None:
    records.save(work, make(Student, name=name))


def test_a_backup_made_while_people_work_brings_everything_back(work: Work) -> None:
    add(work, "张三")
    made = backups.make(work)
    add(work, "李四")
    workspace.close(work)
    kept = backups.restore(made, work.folder)
    assert students(work.folder) == ["张三"]
    assert kept is not None
    assert students(kept) == ["张三", "李四"]


def test_an_encrypted_backup_stays_encrypted(tmp_path: Path) -> None:
    work = workspace.create(tmp_path / "a", make(School), passphrase="geheim")
    add(work, "张三")
    made = backups.make(work, tmp_path / "a.xqbak")
    workspace.close(work)
    with zipfile.ZipFile(made) as packed:
        assert b"SQLite format" not in packed.read("school.db")
    assert backups.verify(made, passphrase="geheim") == []
    with pytest.raises(WrongKey):
        backups.verify(made, passphrase="falsch")
    backups.restore(made, tmp_path / "b")
    assert students(tmp_path / "b", "geheim") == ["张三"]
    plain = workspace.create(tmp_path / "c", make(School))
    other = backups.make(plain, tmp_path / "c.xqbak")
    workspace.close(plain)
    backups.restore(other, tmp_path / "b")
    assert students(tmp_path / "b") == []


def test_an_open_workspace_is_not_restored_over(work: Work) -> None:
    made = backups.make(work)
    add(work, "李四")
    with pytest.raises(UserError, match="is open"):
        backups.restore(made, work.folder)
    workspace.close(work)
    assert students(work.folder) == ["李四"]
    assert not (work.folder / ".restoring").exists()


@pytest.mark.parametrize("step", range(4))
def test_an_interrupted_restore_is_the_old_or_the_new_workspace(
    work: Work, tmp_path: Path, step: int
) -> None:
    secret = workspace.create(tmp_path / "a", make(School), passphrase="geheim")
    add(secret, "张三")
    made = backups.make(secret, tmp_path / "a.xqbak")
    workspace.close(secret)
    add(work, "李四")
    workspace.close(work)
    files.unpack(made, work.folder / ".restoring")
    if step == 0:  # killed while unpacking
        assert students(work.folder) == ["李四"]
        return
    ready = work.folder / ".restored"
    (work.folder / ".restoring").rename(ready)
    if step >= 2:  # killed after the database had its place
        (ready / "school.db").replace(work.folder / "school.db")
    if step == 3:  # killed after the key had its place
        (ready / "keys.json").replace(work.folder / "keys.json")
    assert students(work.folder, "geheim") == ["张三"]
    assert not ready.exists()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_a_damaged_backup_is_refused_and_nothing_changes(
    work: Work, tmp_path: Path, content: bytes
) -> None:
    add(work, "张三")
    workspace.close(work)
    (tmp_path / "x.xqbak").write_bytes(content)
    with pytest.raises(BadFile):
        backups.restore(tmp_path / "x.xqbak", work.folder)
    assert backups.verify(tmp_path / "x.xqbak")
    assert students(work.folder) == ["张三"]


def test_a_zip_of_something_else_is_no_backup(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr("../school.db", "x")
    with pytest.raises(BadFile, match="not a backup"):
        backups.restore(tmp_path / "x.zip", tmp_path / "w")
    assert not (tmp_path / "school.db").exists()


def test_verify_finds_a_damaged_database_inside_a_whole_zip(work: Work, tmp_path: Path) -> None:
    for n in range(300):
        add(work, f"张{n}")
    made = backups.make(work)
    with zipfile.ZipFile(made) as packed:
        content = bytearray(packed.read("school.db"))
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = b"\xff" * 8192
    with zipfile.ZipFile(tmp_path / "bad.xqbak", "w") as packed:
        packed.writestr("school.db", bytes(content))
    (said, *_more) = backups.verify(tmp_path / "bad.xqbak")
    assert "damaged" in str(said)
    with pytest.raises(BadFile):
        backups.restore(tmp_path / "bad.xqbak", tmp_path / "new")
    assert not workspace.is_workspace(tmp_path / "new")


def test_verify_finds_a_reference_to_nobody(work: Work) -> None:
    with work.store.change(Message("Test"), work.actor) as change:
        change.put(make(Student))
    with work.store._pool.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("UPDATE student SET school_class = 'nobody'")
    (said,) = backups.verify(work.folder)
    assert str(said) == "A record of Student points to a Class that does not exist."


def test_a_sound_workspace_verifies_while_it_is_open(work: Work) -> None:
    assert backups.verify(work.folder) == []


def test_what_is_not_there_cannot_be_verified_or_restored(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        backups.verify(tmp_path / "none")
    with pytest.raises(NotFound):
        backups.verify(tmp_path)
    with pytest.raises(NotFound):
        backups.restore(tmp_path / "none", tmp_path / "w")


def test_a_backup_never_replaces_another_file(work: Work, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    for target in (letter, work.folder / "school.db"):
        with pytest.raises(UserError, match="left alone"):
            backups.make(work, target)
    assert letter.read_text() == "Dear all"
    assert backups.verify(work.folder) == []


def test_a_backup_where_nothing_can_be_written_says_so_and_leaves_nothing(
    work: Work, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="backup could not be written"):
        backups.make(work, tmp_path / "file" / "x.xqbak")
    (tmp_path / "folder.xqbak").mkdir()
    with pytest.raises(UserError):
        backups.make(work, tmp_path / "folder.xqbak")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.xqbak", "school"]


def test_one_backup_a_day_and_the_newest_are_kept(work: Work) -> None:
    folder = backups.folder_of(work)
    folder.mkdir()
    for n in range(20):
        (folder / f"201001{n + 1:02d}-080000.xqbak").write_bytes(b"old")
    assert backups.daily(work) is not None
    assert backups.daily(work) is None
    assert len(list(folder.iterdir())) == 14


@pytest.mark.parametrize("passphrase", ["", "一个很长的口令 2026"])
def test_what_was_laid_aside_is_put_back_whoever_was_reading(
    tmp_path: Path, passphrase: str
) -> None:
    work = workspace.create(tmp_path / "s", make(School, name="星河职校"), passphrase=passphrase)
    add(work, "张三")
    kept = backups.lay_aside(work, "one.db")
    with work.store.read() as reader:  # an older state is read: the file itself lacks the rest
        assert reader.count("student") == 1
        add(work, "李四")
        later = backups.lay_aside(work, "two.db")
    add(work, "王五")
    for file, count in ((later, 2), (kept, 1), (later, 2)):
        backups.put_back(work, file)
        with work.store.read() as reader:
            assert reader.count("student") == count
    workspace.close(work)
    assert {one.name for one in (tmp_path / "s" / "backups").iterdir()} == {"one.db", "two.db"}

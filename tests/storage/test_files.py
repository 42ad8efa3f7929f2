"""The files of a workspace: encrypted, damaged, newer, full, read-only, of another program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.make import make
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import BadFile, NewerVersion, NotFound, ReadOnly, UserError, WrongKey
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import connection, keys

TITLE = Message("Test")


@pytest.fixture
def encrypted(tmp_path: Path) -> Path:
    folder = tmp_path / "secret"
    work = workspace.create(folder, make(School, name="保密职校"), passphrase="口令 123")
    with work.store.change(TITLE, work.actor) as change:
        change.put(make(Student, name="张三", phone="13800000000"))
    workspace.close(work)
    return folder


def test_an_encrypted_workspace_opens_with_its_passphrase(encrypted: Path) -> None:
    work = workspace.opened(encrypted, passphrase="口令 123")
    with work.store.read() as reader:
        assert [one.called for one in reader.all("student")] == ["张三"]
    workspace.close(work)


def test_nothing_readable_lies_in_an_encrypted_workspace(encrypted: Path) -> None:
    content = b"".join(path.read_bytes() for path in encrypted.rglob("*") if path.is_file())
    assert workspace.needs_passphrase(encrypted)
    for secret in ("张三", "13800000000", "保密职校", "SQLite format", "口令"):
        assert secret.encode() not in content


@pytest.mark.parametrize("typed", ["", "口令 124", "x" * 1000])
def test_a_wrong_passphrase_is_said_to_be_one(encrypted: Path, typed: str) -> None:
    with pytest.raises(WrongKey, match="passphrase"):
        workspace.opened(encrypted, passphrase=typed)


def test_after_a_wrong_passphrase_the_workspace_can_still_be_written(encrypted: Path) -> None:
    with pytest.raises(WrongKey):
        workspace.opened(encrypted, passphrase="?")
    work = workspace.opened(encrypted, passphrase="口令 123")
    assert not work.read_only
    workspace.close(work)


def test_a_changed_passphrase_opens_and_the_old_one_does_not(encrypted: Path) -> None:
    key = keys.unwrap(encrypted / "keys.json", "口令 123")
    keys.wrap(encrypted / "keys.json", "neu", key)
    with pytest.raises(WrongKey):
        workspace.opened(encrypted, passphrase="口令 123")
    workspace.close(workspace.opened(encrypted, passphrase="neu"))


def test_a_passphrase_is_the_same_however_its_letters_are_composed(tmp_path: Path) -> None:
    key = keys.make(tmp_path / "keys.json", "caf\u00e9")
    assert keys.unwrap(tmp_path / "keys.json", "cafe\u0301") == key


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"salt": "00"}', "\x00", '"x"'])
def test_a_damaged_passphrase_file_is_named(encrypted: Path, content: str) -> None:
    (encrypted / "keys.json").write_text(content)
    with pytest.raises(BadFile, match=r"keys\.json"):
        workspace.opened(encrypted, passphrase="口令 123")


def test_a_passphrase_file_somebody_changed_does_not_open(encrypted: Path) -> None:
    file = encrypted / "keys.json"
    content = json.loads(file.read_text())
    content["wrapped"] = "00" + content["wrapped"][2:]
    file.write_text(json.dumps(content))
    with pytest.raises(WrongKey):
        workspace.opened(encrypted, passphrase="口令 123")


def test_a_passphrase_file_of_another_workspace_does_not_fit(
    encrypted: Path, tmp_path: Path
) -> None:
    workspace.close(workspace.create(tmp_path / "b", make(School), passphrase="口令 123"))
    (encrypted / "keys.json").write_bytes((tmp_path / "b" / "keys.json").read_bytes())
    with pytest.raises(BadFile, match="damaged"):
        workspace.opened(encrypted, passphrase="口令 123")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a database", b"SQLite format 3\x00"])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "school.db").write_bytes(content * 50)
    with pytest.raises(BadFile):
        workspace.opened(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    other = connection.connect(tmp_path / "school.db")
    other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()
    with pytest.raises(BadFile, match="not a workspace"):
        workspace.opened(tmp_path)


def test_no_workspace_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no workspace"):
        workspace.opened(tmp_path)


@pytest.mark.parametrize("left", [0.05, 0.5, 0.9])
def test_a_truncated_database_is_said_to_be_damaged(work: Work, left: float) -> None:
    workspace.close(work)
    file = work.folder / "school.db"
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * left)])
    with pytest.raises(BadFile, match=r"damaged|not a workspace"):
        read_everything(work.folder)


def read_everything(folder: Path) -> None:
    opened = workspace.opened(folder)
    try:
        with opened.store.read() as reader:
            for (name,) in reader.cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall():
                reader.cursor.execute(f"SELECT * FROM {name}").fetchall()
    finally:
        workspace.close(opened)


def test_a_workspace_of_a_newer_version_is_refused_in_plain_words(work: Work) -> None:
    workspace.close(work)
    bare = connection.connect(work.folder / "school.db")
    bare.execute("UPDATE alembic_version SET version_num = '9999'")
    bare.close()
    with pytest.raises(NewerVersion, match="newer version"):
        workspace.opened(work.folder)


def test_a_second_workspace_in_the_same_folder_is_refused(work: Work) -> None:
    with pytest.raises(UserError, match="already a workspace"):
        workspace.create(work.folder, make(School))


def test_a_plain_workspace_is_plain_though_an_old_passphrase_file_lies_there(
    tmp_path: Path,
) -> None:
    (tmp_path / "keys.json").write_text("{}")
    workspace.close(workspace.create(tmp_path, make(School)))
    workspace.close(workspace.opened(tmp_path))


def put_on_a_full_disk(work: Work, students: list[Student]) -> None:
    with work.store.change(TITLE, work.actor) as change:
        pages = change.cursor.execute("PRAGMA page_count").fetchone()[0]
        change.cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
        for student in students:
            change.put(student)


def test_a_full_disk_is_said_and_nothing_is_half_written(work: Work) -> None:
    students = [make(Student, name=f"张{n}") for n in range(2000)]
    with pytest.raises(UserError, match="disk is full"):
        put_on_a_full_disk(work, students)
    workspace.close(work)
    again = workspace.opened(work.folder)
    with again.store.read() as reader:
        assert reader.count("student") == 0
        assert reader.cursor.execute("SELECT count(*) FROM journal_step").fetchone()[0] == 1
    with again.store.change(TITLE, again.actor) as change:
        change.put(students[0])
    workspace.close(again)


READ_ONLY = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from xqhz_desktop.errors import ReadOnly, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import backups, workspace
from xqhz_desktop.domain.school import School
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
folder = Path(sys.argv[1])
work = workspace.opened(folder)
print(work.read_only)
with work.store.read() as reader:
    print(reader.count("school"))
try:
    with work.store.change(Message("x"), work.actor) as change:
        pass
except ReadOnly as error:
    print(error)
try:
    backups.make(work)
except UserError as error:
    print(error)
try:
    workspace.create(folder / "new", School(name="x"))
except UserError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders are others there")
def test_a_read_only_folder_can_be_looked_at_and_says_so(work: Work) -> None:
    workspace.close(work)
    opened = [*work.folder.rglob("*"), *list(work.folder.parents)[:3]]
    for path in opened:
        path.chmod(path.stat().st_mode | 0o555)
    work.folder.chmod(0o555)
    (work.folder / "school.db").chmod(0o444)
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-c", READ_ONLY, work.folder, root],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOME": "/nonexistent"},
    )
    if "Permission denied" in run.stderr:
        pytest.skip("this computer lets nobody but its owner run the program")
    work.folder.chmod(0o755)
    assert run.stdout.splitlines()[:2] == ["True", "1"], run.stderr
    assert "reading only" in run.stdout
    assert "backup could not be written" in run.stdout
    assert "cannot be written" in run.stdout


def test_a_reader_beside_a_writer_is_read_only_and_says_so(work: Work) -> None:
    second = workspace.opened(work.folder)
    assert second.read_only
    with pytest.raises(ReadOnly, match="reading only"), second.store.change(TITLE, work.actor):
        pass
    with work.store.change(TITLE, work.actor) as change:
        change.put(make(Student))
    with second.store.read() as reader:
        assert reader.count("student") == 1
    workspace.close(second)
    workspace.close(work)
    third = workspace.opened(work.folder)
    assert not third.read_only
    workspace.close(third)

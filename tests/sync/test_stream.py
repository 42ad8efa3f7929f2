"""Which stream a copy writes: moved, copied, restored and rolled-back workspaces."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.make import make
from tests.sync.samples import OFFICE
from xqhz_desktop import paths
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import backups, records, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.sync import outbox, renewal, stream
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.laptop import Registers
from xqhz_desktop.sync.segment import Origin
from xqhz_desktop.sync.stream import own_stream

GROUP = "5c" * 16


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed workspace with a student in it."""
    work = workspace.create(tmp_path / "school", make(School))
    records.save(work, make(Student, name="张三"))
    workspace.close(work)
    return tmp_path / "school"


@pytest.fixture
def at(folder: Path) -> Iterator[Work]:
    """The workspace, open."""
    work = workspace.opened(folder)
    yield work
    workspace.close(work)


def hand_out(work: Work) -> None:
    """What making a package does to the stream."""
    with work.store.merging() as change:
        outbox.absorb_into(change)
        outbox.seal(change, Origin(OFFICE, GROUP, 1))
    stream.handed_out(work.store)


def streams(work: Work) -> list[tuple[str, int]]:
    """Stream and number of every step, the oldest first."""
    with work.store.read() as reader:
        return reader.cursor.execute(
            "SELECT stream, q FROM journal_step ORDER BY number"
        ).fetchall()


def own(work: Work) -> str:
    with work.store.read() as reader:
        return own_stream(reader.cursor)


def opened(folder: Path) -> tuple[str, list[tuple[str, int]]]:
    """The stream a workspace writes after opening, and its steps."""
    work = workspace.opened(folder)
    found = own(work), streams(work)
    workspace.close(work)
    return found


def test_opening_again_goes_on_with_the_same_stream(folder: Path) -> None:
    assert opened(folder)[0] == opened(folder)[0]


def test_a_moved_workspace_goes_on_with_its_stream(folder: Path) -> None:
    before = opened(folder)
    moved = folder.rename(folder.with_name("moved"))
    assert opened(moved) == before


def test_a_copied_workspace_goes_on_under_a_stream_of_its_own(folder: Path) -> None:
    before, _steps = opened(folder)
    shutil.copytree(folder, folder.with_name("copy"))
    copied, _steps = opened(folder.with_name("copy"))
    assert copied != before
    assert opened(folder)[0] == before
    assert opened(folder.with_name("copy"))[0] == copied


def test_what_nobody_has_yet_is_told_by_the_copy_under_its_own_name(folder: Path) -> None:
    _before, steps = opened(folder)
    shutil.copytree(folder, folder.with_name("copy"))
    copied, moved = opened(folder.with_name("copy"))
    assert moved == [(copied, q) for _stream, q in steps]


def test_what_others_may_have_keeps_its_stream_in_the_copy(folder: Path) -> None:
    work = workspace.opened(folder)
    hand_out(work)
    records.save(work, make(Student, name="李四"))
    old, sent = own(work), len(streams(work)) - 1
    workspace.close(work)
    shutil.copytree(folder, folder.with_name("copy"))
    copied, steps = opened(folder.with_name("copy"))
    assert steps == [*((old, q) for q in range(1, sent + 1)), (copied, 1)]


def test_a_copy_on_another_computer_has_a_stream_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before, _steps = opened(folder)
    monkeypatch.setenv("XQHZ_CONFIG", str(tmp_path / "other computer"))
    assert opened(folder)[0] != before


def test_a_restored_backup_goes_on_if_nothing_was_handed_out_since(folder: Path) -> None:
    work = workspace.opened(folder)
    hand_out(work)
    saved = backups.make(work, folder.with_name("saved.xqbak"))
    records.save(work, make(Student, name="李四"))
    before = own(work)
    workspace.close(work)
    backups.restore(saved, folder)
    assert opened(folder)[0] == before


def test_a_restored_backup_never_uses_numbers_again_that_were_handed_out(folder: Path) -> None:
    work = workspace.opened(folder)
    saved = backups.make(work, folder.with_name("saved.xqbak"))
    records.save(work, make(Student, name="李四"))
    hand_out(work)
    before = own(work)
    workspace.close(work)
    backups.restore(saved, folder)
    restored, steps = opened(folder)
    assert restored != before
    assert {stream for stream, _q in steps} == {restored}


def test_a_computer_that_forgot_its_streams_begins_new_ones(folder: Path) -> None:
    before, _steps = opened(folder)
    shutil.rmtree(paths.settings_file().parent / "streams")
    assert opened(folder)[0] != before


def test_the_registers_of_what_moves_move_along(at: Work) -> None:
    student = make(Student, name="李四")
    hand_out(at)
    old = own(at)
    records.save(at, student)
    outbox.absorb(at.store)
    with at.store.merging() as change:
        new = renewal.renew(change)
    with at.store.read() as reader:
        row = Registers(reader).rows([("student", student.id)])["student", student.id]
        knowledge = Registers(reader).knowledge()
        context = Registers(reader).context(new)
        handed = Shelved(reader.cursor).chains()
    assert {(one.stream, one.q) for one in row.cells["name"]} == {(new, 1)}
    assert knowledge == {old: handed[old].q, new: 1}
    assert context == {old: handed[old].q}


def test_the_new_stream_can_be_handed_out_too(at: Work) -> None:
    hand_out(at)
    records.save(at, make(Student, name="李四"))
    outbox.absorb(at.store)
    with at.store.merging() as change:
        new = renewal.renew(change)
    records.save(at, make(Student, name="王五"))
    hand_out(at)
    with at.store.read() as reader:
        assert Shelved(reader.cursor).chains()[new].q == 2

"""Drafts: what was typed and not saved is there again, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.make import make
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import backups, drafts, history, records, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.drafts import Draft


def student(work: Work, **values: object) -> Student:
    one = make(Student, **{"name": "张晨怡", "phone": "13900000001", "id_no": "", **values})
    records.save(work, one)
    return one


def typed(work: Work, one: Student, **cells: str) -> Draft:
    before = {name: drafts.cell_of(one, name) for name in cells}
    begun = drafts.begun(work, "student", one.id)
    drafts.keep(work, replace(begun, cells=cells, before=before))
    return begun


def again(work: Work) -> Work:
    """Open the workspace as after a crash: what was typed before is left over."""
    workspace.close(work)
    return workspace.opened(work.folder)


def test_what_is_being_typed_now_is_offered_to_nobody(work: Work) -> None:
    typed(work, student(work), phone="13900000002")
    assert drafts.left(work) == []


def test_what_an_earlier_session_typed_is_offered_with_its_record(work: Work) -> None:
    one = student(work)
    typed(work, one, phone="13900000002")
    work = again(work)
    (left,) = drafts.left(work)
    assert (left.called, left.by, left.fields) == ("张晨怡", "陈老师", ("phone",))
    assert left.draft.cells == {"phone": "13900000002"}
    assert left.row is not None
    assert left.since is None
    assert not left.gone
    drafts.drop(work, left.draft.id)
    assert drafts.left(work) == []
    workspace.close(work)


def test_a_draft_says_who_changed_the_record_since_and_which_fields(work: Work) -> None:
    one = student(work)
    typed(work, one, phone="13900000002", address="河东")
    records.save(work, one.but(phone="13900000003"))
    work = again(work)
    (left,) = drafts.left(work)
    assert left.moved == ("phone",)
    assert left.since is not None
    assert left.since.actor_name == "陈老师"
    workspace.close(work)


def test_a_draft_of_a_removed_record_is_not_lost(work: Work) -> None:
    one = student(work)
    typed(work, one, phone="13900000002")
    records.remove(work, "student", [one.id])
    work = again(work)
    (left,) = drafts.left(work)
    assert left.gone
    workspace.close(work)


def test_a_draft_the_record_agrees_with_is_forgotten(work: Work) -> None:
    one = student(work)
    typed(work, one, phone="13900000002")
    records.save(work, one.but(phone="13900000002"))
    work = again(work)
    assert drafts.left(work) == []
    workspace.close(work)


def test_a_draft_is_in_no_journal(work: Work) -> None:
    one = student(work)
    before = len(history.steps(work, -1))
    typed(work, one, phone="13900000002")
    assert len(history.steps(work, -1)) == before


def test_a_window_that_can_only_read_makes_no_drafts_and_offers_none(work: Work) -> None:
    one = student(work)
    typed(work, one, phone="13900000002")
    second = workspace.opened(work.folder)
    assert second.read_only
    assert drafts.left(second) == []
    typed(second, one, phone="13900000009")
    drafts.drop(second, "x")
    workspace.close(second)
    work = again(work)
    assert [left.draft.cells["phone"] for left in drafts.left(work)] == ["13900000002"]
    workspace.close(work)


def test_a_sealed_workspace_shows_nothing_typed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "sealed"
    work = workspace.create(folder, make(School, name="星河职校"), passphrase="a good long one")
    one = make(Student, name="张晨怡", id_no="")
    with work.store.change(Message("Test"), work.actor) as change:
        change.put(one)
    typed(work, one, note="家里的情况不便写在这里")
    secret = "家里的情况".encode()
    files = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert files
    assert not any(secret in data for data in files)
    workspace.close(work)
    work = workspace.opened(folder, passphrase="a good long one")
    assert drafts.left(work)[0].draft.cells == {"note": "家里的情况不便写在这里"}
    workspace.close(work)


def test_restoring_a_backup_loses_nothing_typed_since(work: Work) -> None:
    one = student(work)
    file = backups.lay_aside(work, "before.db")
    typed(work, one, phone="13900000002")
    backups.put_back(work, file)
    work = again(work)
    assert [left.draft.cells for left in drafts.left(work)] == [{"phone": "13900000002"}]
    workspace.close(work)

"""The journal as a change log: what a step says besides what people see of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import history, records
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import journal
from xqhz_desktop.storage.journal import Entry, Sealed

TITLE = Message("Test")
ELSEWHERE = "e" * 32


def change(
    work: Work, *puts: Record, decide: Mapping[Record, tuple[str, ...]] | None = None
) -> int:
    with work.store.change(TITLE, work.actor) as made:
        for record in puts:
            made.put(record)
        for record, names in (decide or {}).items():
            made.decide(record.KIND, record.id, names)
    return made.number


def written(work: Work) -> tuple[Sealed, list[Entry]]:
    """The newest own step with all it wrote."""
    with work.store.read() as reader:
        stream, q = reader.cursor.execute(
            "SELECT stream, q FROM journal_step WHERE taken = 0 ORDER BY number DESC LIMIT 1"
        ).fetchone()
        ((step, entries),) = journal.after(reader.cursor, stream, q - 1)
    return step, entries


def meta(work: Work, name: str) -> Any:
    with work.store.read() as reader:
        row = reader.cursor.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def taken_in(work: Work, *entries: Entry, q: int = 1) -> int:
    """A step of another copy, as a package brings it."""
    with work.store.merging() as made:
        step = Sealed(ELSEWHERE, q, 1_780_000_000_000, "", "王老师", '["Test",{}]', "", "{}")
        return journal.keep(made.cursor, step, entries, taken=True)


def test_fields_of_a_group_are_written_together_though_only_one_changed(work: Work) -> None:
    batch = make(PlacementBatch, start_date=date(2026, 3, 2), end_date=date(2026, 8, 31))
    change(work, batch)
    number = change(work, batch.but(end_date=date(2026, 9, 30)))
    _step, (entry,) = written(work)
    assert entry.after == {"end_date": "2026-09-30"}
    assert entry.along == {"start_date": "2026-03-02"}
    assert [one.field for one in history.changes(work, number)] == ["end_date"]


def test_fields_without_a_group_are_written_alone(work: Work) -> None:
    student = make(Student, note="甲")
    change(work, student)
    change(work, student.but(note="乙"))
    _step, (entry,) = written(work)
    assert (entry.after, entry.along) == ({"note": "乙"}, {})


def test_a_field_can_be_decided_although_it_stays_the_same(work: Work) -> None:
    student = make(Student, phone="13800000000")
    change(work, student)
    change(work, decide={student: ("phone",)})
    _step, (entry,) = written(work)
    assert (entry.before, entry.after) == ({}, {})
    assert entry.along == {"phone": "13800000000"}


def test_deciding_one_field_of_a_group_decides_the_group(work: Work) -> None:
    firm = make(Enterprise, contact="李经理", phone="0571-88886666")
    change(work, firm)
    change(work, decide={firm: ("phone",)})
    _step, (entry,) = written(work)
    assert entry.along == {"contact": "李经理", "phone": "0571-88886666"}


def test_that_a_record_stays_can_be_decided_too(work: Work) -> None:
    student = make(Student)
    change(work, student)
    assert change(work, decide={student: ()}) > 0
    _step, (entry,) = written(work)
    assert (entry.before, entry.after, entry.along) == ({}, {}, {})


def test_a_decision_that_changes_nothing_is_nothing_to_undo(work: Work) -> None:
    student = make(Student, phone="1")
    change(work, student)
    edited = change(work, student.but(phone="2"))
    change(work, decide={student.but(phone="2"): ("phone",)})
    undoable = history.undoable(work)
    assert undoable is not None
    assert undoable.number == edited


def test_a_step_says_once_what_was_taken_in_before_it(work: Work) -> None:
    with work.store.aside() as cursor:
        cursor.execute("INSERT INTO meta VALUES ('deps', ?)", (json.dumps({ELSEWHERE: 7}),))
    change(work, make(Student))
    step, _entries = written(work)
    assert json.loads(step.deps) == {ELSEWHERE: 7}
    assert meta(work, "deps") is None
    change(work, make(Student))
    step, _entries = written(work)
    assert json.loads(step.deps) == {}


def test_an_undo_that_fails_keeps_what_is_to_be_said(work: Work) -> None:
    with work.store.aside() as cursor:
        cursor.execute("INSERT INTO meta VALUES ('deps', ?)", (json.dumps({ELSEWHERE: 7}),))
    change_that_changes_nothing = change(work)
    assert change_that_changes_nothing == 0
    assert json.loads(meta(work, "deps")) == {ELSEWHERE: 7}


def test_what_others_did_is_in_the_history_and_not_undone_here(work: Work) -> None:
    student = make(Student, name="张三")
    own = change(work, student)
    number = taken_in(work, Entry("student", student.id, {"name": "张三"}, {"name": "张叁"}))
    (newest, *_rest) = history.steps(work)
    assert (newest.number, newest.actor) == (number, "王老师")
    (shown,) = history.changes(work, number)
    assert (shown.before, shown.after) == ("张三", "张叁")
    undoable = history.undoable(work)
    assert undoable is not None
    assert undoable.number == own


def test_what_was_undone_here_can_be_done_again_although_others_worked_meanwhile(
    work: Work,
) -> None:
    student = make(Student, name="张三")
    change(work, student)
    records.save(work, student.but(note="甲"))
    history.undo(work)
    taken_in(work, Entry("student", "f" * 32, None, {"name": "李四"}))
    history.redo(work)
    with work.store.read() as reader:
        found = reader.get("student", student.id)
    assert found is not None
    assert found == student.but(note="甲")


def test_a_step_of_another_copy_keeps_its_stream_and_number(work: Work) -> None:
    taken_in(work, q=3)
    with work.store.read() as reader:
        found = reader.cursor.execute("SELECT stream, q FROM journal_step WHERE taken = 1")
        assert found.fetchall() == [(ELSEWHERE, 3)]


def test_a_nonsense_title_from_elsewhere_is_said_in_our_words() -> None:
    assert json.loads(journal.title_text({"no": "title"})) == ["Changed elsewhere", {}]
    assert json.loads(journal.title_text(["{kind} added", {"kind": "x"}]))[0] == "{kind} added"

"""The journal: one step a change, what every field was and is, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.make import make
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School, SchoolClass
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import history, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import index, journal

TITLE = Message("Test")


def change(work: Work, *records: Record, remove: tuple[Record, ...] = ()) -> int:
    with work.store.change(TITLE, work.actor) as made:
        for record in records:
            made.put(record)
        for record in remove:
            made.remove(record.KIND, record.id)
    return made.number


def entries(work: Work, number: int) -> list[journal.Entry]:
    with work.store.read() as reader:
        return journal.entries(reader.cursor, number)


def everything(work: Work) -> dict[tuple[str, str], Record]:
    with work.store.read() as reader:
        return {(kind, one.id): one for kind in BY_KIND for one in reader.all(kind)}


def search_index(work: Work) -> dict[str, Any]:
    """Every sort key, search key and word of the index."""
    with work.store.read() as reader:
        found: dict[str, Any] = {}
        for kind in BY_KIND:
            rows = f"SELECT row, sort_key FROM {kind} ORDER BY row"
            found[kind] = reader.cursor.execute(rows).fetchall()
            keys = f"SELECT row, sort_key, keys FROM {kind}_keys ORDER BY row"
            found[f"{kind}_keys"] = reader.cursor.execute(keys).fetchall()
            for word in ("a", "z", "1", "张", "机", "r1"):
                hits = f"SELECT rowid FROM {kind}_fts WHERE {kind}_fts MATCH ? ORDER BY rowid"
                found[f"{kind} {word}"] = reader.cursor.execute(hits, [f'"{word}" *']).fetchall()
        return found


def test_only_the_fields_that_differ_are_written_down(work: Work) -> None:
    student = make(Student, name="张三", phone="13800000000")
    change(work, student)
    number = change(work, student.but(phone="13900000000", sex=Sex.MALE))
    assert entries(work, number) == [
        journal.Entry(
            "student",
            student.id,
            {"sex": "UNKNOWN", "phone": "13800000000"},
            {"sex": "MALE", "phone": "13900000000"},
        )
    ]


def test_a_step_says_who_when_why_and_what(work: Work) -> None:
    before = history.steps(work)[0]
    with work.store.change(Message("{kind} added", kind=Message("Student")), work.actor,
                           reason="电话更正") as made:  # fmt: skip
        made.put(make(Student))
    step = history.steps(work)[0]
    assert (step.number, step.actor, step.reason) == (made.number, "陈老师", "电话更正")
    assert step.title == Message("{kind} added", kind=Message("Student"))
    assert (step.kinds, step.records, step.undone, step.undoes) == (("student",), 1, False, None)
    assert step.at > before.at


def test_steps_are_numbered_without_gaps_in_one_stream(work: Work) -> None:
    for n in range(5):
        change(work, make(Student, name=f"张{n}"))
    with work.store.read() as reader:
        found = reader.cursor.execute("SELECT stream, q FROM journal_step ORDER BY number")
        streams, numbers = zip(*found.fetchall(), strict=True)
    assert len(set(streams)) == 1
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


def test_saving_the_same_again_is_no_step(work: Work) -> None:
    student = make(Student)
    assert change(work, student) > 0
    assert change(work, student) == 0


def test_what_comes_and_goes_within_one_change_is_no_step(work: Work) -> None:
    student = make(Student)
    with work.store.change(TITLE, work.actor) as made:
        made.put(student)
        assert made.count("student") == 1
        made.remove("student", student.id)
    assert made.number == 0


def test_two_writes_in_one_change_are_one_entry(work: Work) -> None:
    student = make(Student, name="张三")
    with work.store.change(TITLE, work.actor) as made:
        made.put(student)
        assert made.count("student") == 1
        made.put(student.but(name="张四"))
    (entry,) = entries(work, made.number)
    assert entry.before is None
    assert (entry.after or {})["name"] == "张四"


@pytest.mark.parametrize(
    "writes",
    [
        ["put 李四", "remove"],
        ["remove", "put 王五"],
        ["remove", "put 王五", "put 赵六"],
        ["remove", "put 王五", "remove"],
        ["put 李四", "remove", "put 张三"],
    ],
    ids=" then ".join,
)
def test_however_a_record_is_written_in_one_change_undo_brings_it_back(
    work: Work, writes: list[str]
) -> None:
    student = make(Student, name="张三", id_type="", note="原来的")
    change(work, student)
    before = everything(work)
    with work.store.change(TITLE, work.actor) as made:
        for write in writes:
            if write == "remove":
                made.remove("student", student.id)
            else:
                made.put(make(Student, id=student.id, name=write.split()[1], phone="13800000000"))
            made.count("student")
    after = everything(work)
    history.undo(work, made.number)
    assert everything(work) == before
    history.redo(work)
    assert everything(work) == after


def test_a_removed_record_comes_back_with_its_id_and_every_value(work: Work) -> None:
    student = make(Student, name="买买提·艾力", id_type="", note="长" * 5000, sex=Sex.MALE)
    change(work, student)
    change(work, remove=(student,))
    history.undo(work)
    assert everything(work)["student", student.id] == student


def test_titles_keep_their_messages_until_they_are_said(work: Work) -> None:
    inner = Message("{kind} {count}", kind=Message("Students"), count=3)
    with work.store.change(Message("Undone: {title}", title=inner), work.actor) as made:
        made.put(make(Student))
    assert history.steps(work)[0].title.values["title"] == inner
    assert made.number == history.steps(work)[0].number


ROOMS = [make(SchoolClass, id=f"{n:032x}", name=f"24机电{n}班") for n in range(3)]
STUDENTS, VALUES = some.integers(0, 4), some.integers(0, 9)
Operation = tuple[str, int, int]


@given(
    rounds=some.lists(
        some.lists(
            some.tuples(
                some.sampled_from(["put", "remove"]), some.integers(0, 4), some.integers(0, 9)
            ),
            min_size=1,
            max_size=6,
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_undoing_everything_is_the_beginning_and_redoing_it_the_end(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[Operation]]
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    work = workspace.create(folder, make(School))
    change(work, *ROOMS)
    beginning = everything(work)
    done = 0
    for operations in rounds:
        with work.store.change(TITLE, work.actor) as made:
            for what, who, value in operations:
                id = f"{who:031x}f"
                if what == "remove":
                    made.remove("student", id)
                else:
                    room = ROOMS[value % 3].id if value % 4 else ""
                    made.put(make(Student, id=id, name=f"张{value}机", school_class=room))
        done += made.number > 0
    end = everything(work)
    for _ in range(done):
        history.undo(work)
    assert everything(work) == beginning
    workspace.close(work)
    work = workspace.opened(folder)  # redo works after a restart, too
    for _ in range(done):
        history.redo(work)
    assert everything(work) == end
    kept = search_index(work)
    with work.store.change(TITLE, work.actor) as made:
        index.rebuild(made.cursor)
    assert search_index(work) == kept
    workspace.close(work)


def test_the_index_follows_a_renamed_student_into_the_placements(work: Work) -> None:
    student, host = make(Student, name="张三"), make(Enterprise, name="杭州星河机械有限公司")
    change(work, student, host, make(Placement, student=student.id, enterprise=host.id))
    change(work, student.but(name="阿依古丽"))
    kept = search_index(work)
    with work.store.change(TITLE, work.actor) as made:
        index.rebuild(made.cursor)
    assert search_index(work) == kept


def test_fifty_steps_can_be_taken_back_after_a_restart(work: Work) -> None:
    student = make(Student, name="张0")
    change(work, student)
    for n in range(1, 60):
        change(work, student.but(name=f"张{n}"))
    workspace.close(work)
    again = workspace.opened(work.folder)
    for _ in range(59):
        history.undo(again)
    assert everything(again)["student", student.id] == student
    workspace.close(again)


def test_the_log_of_the_workspace_lies_in_its_folder(work: Work) -> None:
    assert (Path(work.folder) / "logs" / "xqhz.log").exists()

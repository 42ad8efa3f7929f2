"""The shelf of a laptop: what other versions wrote, what fits no column, what is shown of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.services import bin, history, records
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.sync import outbox, replica
from xqhz_desktop.sync.changes import Changeset, Op, Value
from xqhz_desktop.sync.fitting import fitting
from xqhz_desktop.sync.laptop import Laptop, Registers

STREAM = "e" * 32
ID = "0" * 31 + "1"


def take(work: Work, *ops: Op, q: int = 1, **more: Any) -> None:
    with work.store.merging() as change:
        outbox.absorb_into(change)
        one = Changeset(STREAM, q, 1_780_000_000_000 + q, "", ops=ops, **more)
        replica.apply(Laptop(change), [one])


def shown(work: Work, kind: str, id: str) -> Any:
    with work.store.read() as reader:
        return reader.get(kind, id)


def kept(work: Work, kind: str, id: str) -> dict[str, Value]:
    """What the registers of a record hold."""
    with work.store.read() as reader:
        row = Registers(reader).rows([(kind, id)])[kind, id]
    return dict(row.values)


def test_a_record_from_elsewhere_is_found_as_any_other(work: Work) -> None:
    take(work, Op("student", ID, {"name": "张三", "sex": "MALE"}))
    student = shown(work, "student", ID)
    assert (student.name, student.sex, student.id_type) == ("张三", Sex.MALE, "1")
    with work.store.read() as reader:
        keys = reader.cursor.execute("SELECT keys FROM student_keys").fetchone()
    assert "zhangsan" in str(keys[0]).replace(" ", "")


def test_columns_and_kinds_of_newer_versions_are_kept_and_not_shown(work: Work) -> None:
    take(
        work,
        Op("student", ID, {"name": "张三", "nickname": "小张"}),
        Op("spaceship", ID, {"name": "神舟"}),
    )
    assert shown(work, "student", ID).name == "张三"
    assert kept(work, "student", ID)["nickname"] == "小张"
    assert kept(work, "spaceship", ID) == {"name": "神舟"}
    (step, *_rest) = history.steps(work)
    assert step.kinds == ("student",)
    assert [one.field for one in history.changes(work, step.number)][:1] == ["name"]


def test_an_edit_here_leaves_columns_of_newer_versions_alone(work: Work) -> None:
    take(work, Op("student", ID, {"name": "张三", "nickname": "小张"}))
    records.save(work, shown(work, "student", ID).but(note="甲"))
    outbox.absorb(work.store)
    assert kept(work, "student", ID)["nickname"] == "小张"


def test_after_an_upgrade_what_was_kept_is_shown(work: Work) -> None:
    student = make(Student, name="李四")
    take(work, Op("student", ID, {"name": "张三", "note": "甲"}))
    with work.store.merging() as change:  # as an older version, which knew no students, left it
        change.remove("student", ID)
        cursor = change.cursor
        cursor.execute("UPDATE sync_row SET unknown = 1 WHERE kind = 'student'")
        cursor.execute("UPDATE meta SET value = 'older' WHERE name = 'understood'")
    records.save(work, student)
    outbox.absorb(work.store)
    assert shown(work, "student", ID).note == "甲"
    assert shown(work, "student", student.id) == student


@pytest.mark.parametrize(
    ("column", "written", "cell"),
    [
        ("birth_date", "2008-02-30", None),
        ("birth_date", "2008-02-03", "2008-02-03"),
        ("birth_date", 20080203, None),
        ("name", b"\xff", ""),
        ("name", None, ""),
        ("school_class", "no id", None),
        ("school_class", ID, ID),
        ("status", "MARS", "MARS"),
        ("own:" + "a" * 32, 1.5, None),
        ("own:" + "a" * 32, "甲", "甲"),
    ],
)
def test_what_does_not_fit_a_column_is_shown_as_empty(
    column: str, written: Value, cell: object
) -> None:
    assert fitting("student", {column: written}) == {column: cell}


def test_counts_and_amounts_too_large_for_the_database_are_shown_as_empty() -> None:
    assert fitting("enterprise", {"staff_total": 2**63}) == {"staff_total": None}
    assert fitting("enterprise", {"staff_total": 12}) == {"staff_total": 12}
    assert fitting("enterprise", {"has_legal_status": "yes"}) == {"has_legal_status": 1}


def test_a_status_of_a_newer_version_is_shown_raw(work: Work) -> None:
    take(work, Op("student", ID, {"name": "张三", "status": "EXCHANGED"}))
    assert shown(work, "student", ID).status == "EXCHANGED"


def test_a_removal_elsewhere_puts_the_record_into_the_bin(work: Work) -> None:
    firm = make(Enterprise, name="栖澜精密", uscc="")
    records.save(work, firm)
    outbox.absorb(work.store)
    take(work, Op("enterprise", firm.id, None), deps={_own(work): _last(work)})
    assert shown(work, "enterprise", firm.id) is None
    assert [one.id for one in bin.contents(work)] == [firm.id]


def test_a_removal_elsewhere_that_did_not_know_of_an_edit_fills_no_bin(work: Work) -> None:
    firm = make(Enterprise, name="栖澜精密", uscc="")
    records.save(work, firm)
    take(work, Op("enterprise", firm.id, None))
    assert shown(work, "enterprise", firm.id) == firm
    assert not bin.contents(work)


def test_an_edit_elsewhere_is_news_for_the_pages(work: Work) -> None:
    told: list[set[str]] = []
    work.store.listeners.append(told.append)
    take(work, Op("student", ID, {"name": "张三"}))
    assert told == [{"student"}]


def _own(work: Work) -> str:
    with work.store.read() as reader:
        row = reader.cursor.execute("SELECT value FROM meta WHERE name = 'stream'").fetchone()
    return str(row[0])


def _last(work: Work) -> int:
    with work.store.read() as reader:
        row = reader.cursor.execute("SELECT max(q) FROM journal_step WHERE taken = 0").fetchone()
    return int(row[0])

"""A pasted block: understood as the importer does, looked at cell by cell, written as one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.make import make
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message, language
from xqhz_desktop.services import history, pasting, records
from xqhz_desktop.services.pasting import Place, Plan, Wish
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries

EN = language("en")


@pytest.fixture
def hosts(work: Work) -> list[Enterprise]:
    some = [
        make(Enterprise, name=name, uscc="", no_code_reason="待发", staff_total=10)
        for name in ("甲机械有限公司", "乙汽车有限公司", "丙电子有限公司")
    ]
    records.save_all(work, some, Message("Made"))
    return some


def place(work: Work, kind: str, *columns: str, fixed: bool = False, start: int = 0) -> Place:
    with work.store.read() as reader:
        rows = queries.found(reader, queries.Query(kind)).rows
    return Place(kind, tuple(rows[start:]), columns, fixed=fixed)


def planned(
    work: Work, where: Place, block: Sequence[Sequence[str]], wish: Wish | None = None
) -> Plan:
    return pasting.plan(work, where, block, wish or Wish())


def said(plan: Plan) -> list[tuple[str, Any, Any, str]]:
    return [
        (one.called, one.before, one.after, EN.say(one.problem) if one.problem else "")
        for one in plan.cells
    ]


def by_name(work: Work, kind: str, name: str) -> Any:
    with work.store.read() as reader:
        return next(reader.all(kind, name=name))


def test_a_block_goes_over_rows_and_columns_as_one_step(
    work: Work, hosts: list[Enterprise]
) -> None:
    where = place(work, "enterprise", "staff_total", "contact", "status")
    plan = planned(work, where, [["１２０", "王 芳", "合作中"], ["10", "李雷", "Paused"]])
    names = [one.called for one in plan.cells]
    assert names == [names[0]] * 3 + [names[3]] * 2  # ten stays ten
    assert (plan.changing, plan.same, plan.refused) == (5, 1, 0)
    step = pasting.apply(work, plan)
    first = by_name(work, "enterprise", names[0])
    assert (first.staff_total, first.contact, first.status) == (120, "王芳", Partnership.ACTIVE)
    history.undo(work, step)
    assert by_name(work, "enterprise", names[0]).staff_total == 10


def test_what_cannot_be_stays_and_says_why(work: Work, hosts: list[Enterprise]) -> None:
    where = place(work, "enterprise", "staff_total", "uscc", "region")
    block = [["many", "9.13E+17", "火星"], ["-3", "", ""]]
    plan = planned(work, where, block)
    assert plan.changing == 0
    problems = [problem for *_rest, problem in said(plan)]
    assert len(problems) == 4
    assert all(problems)
    assert "15 digits" in problems[1]
    assert pasting.apply(work, plan) == 0


def test_a_record_that_would_be_wrong_as_a_whole_keeps_all_its_values(work: Work) -> None:
    student, host = make(Student, name="张三"), make(Enterprise, name="甲", uscc="")
    post = make(Position, name="焊工", enterprise=host.id)
    leg = make(
        Placement,
        student=student.id,
        enterprise=host.id,
        position=post.id,
        start_date=date(2026, 3, 2),
        end_date=date(2026, 6, 30),
    )
    records.save_all(work, [student, host, post, leg], Message("Made"))
    where = place(work, "placement", "end_date", "allowance")
    plan = planned(work, where, [["2026.1.1", "2200"]])
    assert plan.refused == 2
    assert plan.changes == ()
    good = planned(work, where, [["2026年7月3日", "2,200元"]])
    assert said(good)[1][2] == Decimal("2200.00")
    assert good.changes[0][1].end_date == date(2026, 7, 3)  # type: ignore[attr-defined]


def test_covered_columns_and_those_of_other_records_are_refused(work: Work) -> None:
    room = make(SchoolClass, name="甲班")
    one = make(Student, name="张三", school_class=room.id)
    records.save_all(work, [room, one], Message("Made"))
    where = place(work, "student", "phone", "school_class.major", "name")
    plan = planned(work, where, [["13812345678", "数控", "张叁"]])
    assert (plan.refused, plan.changing) == (2, 1)
    assert "covered" in said(plan)[0][3]
    assert "another record" in said(plan)[1][3]


def test_references_are_found_by_name_or_number_and_named_when_missing(work: Work) -> None:
    rooms = [make(SchoolClass, name=name) for name in ("甲班", "乙班")]
    one = make(Student, name="张三", school_class=rooms[0].id)
    records.save_all(work, [*rooms, one], Message("Made"))
    where = place(work, "student", "school_class")
    good = planned(work, where, [[" 乙班 "]])
    assert good.names[good.cells[0].after] == "乙班"
    assert good.changes[0][1].school_class == rooms[1].id  # type: ignore[attr-defined]
    bad = planned(work, where, [["丙班"]])
    assert "no Class “丙班”" in said(bad)[0][3]


def test_of_namesakes_the_one_of_the_same_enterprise_is_meant(work: Work) -> None:
    hosts = [make(Enterprise, name=name, uscc="") for name in ("甲", "乙")]
    posts = [make(Position, name="焊工", enterprise=host.id) for host in hosts]
    other = make(Position, name="钳工", enterprise=hosts[1].id)
    student = make(Student, name="张三")
    leg = make(Placement, student=student.id, enterprise=hosts[1].id, position=other.id)
    records.save_all(work, [*hosts, *posts, other, student, leg], Message("Made"))
    plan = planned(work, place(work, "placement", "position"), [["焊工"]])
    assert plan.changes[0][1].position == posts[1].id  # type: ignore[attr-defined]
    alone = planned(work, place(work, "placement", "student"), [["张三"]])
    assert alone.same == 1


def test_blank_cells_leave_fields_unless_they_are_to_empty_them(
    work: Work, hosts: list[Enterprise]
) -> None:
    where = place(work, "enterprise", "staff_total", "contact")
    assert planned(work, where, [["", ""]]).changing == 0
    plan = planned(work, where, [["", ""]], Wish(clear=True))
    assert [(one.name, one.after) for one in plan.cells] == [("staff_total", None)]


def test_rows_beyond_the_end_become_new_records_only_when_wanted(
    work: Work, hosts: list[Enterprise]
) -> None:
    where = place(work, "enterprise", "name", "no_code_reason", start=2)
    block = [["戊食品有限公司", ""], ["己纺织(集团)有限公司", "待发"], ["", "待发"]]
    assert planned(work, where, block).beyond == 2
    assert len(planned(work, where, block).cells) == 1
    plan = planned(work, where, block, Wish(add=True))
    assert [one.called for one in plan.new] == ["己纺织（集团）有限公司"]
    assert "filled in" in said(plan)[-1][3]
    assert pasting.apply(work, plan)
    with work.store.read() as reader:
        assert reader.count("enterprise") == 4


def test_one_row_goes_into_every_selected_row(work: Work, hosts: list[Enterprise]) -> None:
    where = place(work, "enterprise", "status", fixed=True)
    plan = planned(work, where, [["合作中"]])
    assert len(plan.changes) == 3
    assert plan.beyond == 0


def test_nothing_is_written_over_what_somebody_edited_meanwhile(
    work: Work, hosts: list[Enterprise]
) -> None:
    plan = planned(work, place(work, "enterprise", "staff_total"), [["99"], ["98"]])
    records.save(work, plan.changes[1][0].but(contact="王芳"))
    with pytest.raises(UserError, match="Paste again"):
        pasting.apply(work, plan)
    with work.store.read() as reader:
        assert {one.staff_total for one in reader.all("enterprise")} == {10}  # type: ignore[attr-defined]


def test_titles_are_recognised_in_any_language_and_their_columns_found() -> None:
    labels = {
        "name": ["企业名称", "Enterprise name"],
        "staff_total": ["在岗职工数", "Staff on post"],
    }
    assert pasting.headed("enterprise", [["在岗职工数", "企业名称 *"]], labels) == [
        "staff_total",
        "name",
    ]
    assert pasting.headed("enterprise", [["Staff on post", "鞋码", ""]], labels) is None
    assert pasting.headed("enterprise", [["Staff on post", "Enterprise name", "鞋码"]], labels) == [
        "staff_total",
        "name",
        "",
    ]
    assert pasting.headed("enterprise", [["甲机械有限公司", "12"]], labels) is None
    assert pasting.headed("enterprise", [["单位全称", "职工总数"]], labels) == list(labels)
    assert pasting.headed("enterprise", [], labels) is None


def test_five_thousand_rows_are_planned_and_written(work: Work) -> None:
    rooms = [make(SchoolClass, name=f"{n:04d}班") for n in range(5_000)]
    records.save_all(work, rooms, Message("Made"))
    where = place(work, "school_class", "enrol_year", "note")
    plan = planned(work, where, [[str(2020 + n % 5), f"第{n}行\n两行"] for n in range(5_000)])
    assert plan.changing == 10_000
    assert pasting.apply(work, plan)
    with work.store.read() as reader:
        assert reader.count("school_class", enrol_year=2024) == 1_000


def test_every_field_of_every_kind_takes_back_what_it_shows(work: Work) -> None:
    for kind, entity in BY_KIND.items():
        record = make(entity)
        for field in entity.FIELDS.values():
            if field.kind.value == "ref" or field.private:
                continue
            value = getattr(record, field.name)
            shown = field.show(value, EN)
            typed = pasting.CellReader(kind, field).read(shown)
            assert typed.problem is None or not shown, (kind, field.name, shown)
            if shown:
                assert typed.value == value, (kind, field.name, shown)

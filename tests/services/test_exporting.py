"""Exports of lists: columns through references, totals, and values of a day in the past."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.school import Major, SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Message, language
from xqhz_desktop.services import exporting, history, importing, records
from xqhz_desktop.services.exporting import Layout
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.queries import Query, Where

EN, ZH = language("en"), language("zh_CN")


def written(work: Work, path: Path, query: Query, layout: Layout) -> list[tuple[Any, ...]]:
    exporting.export(work, query, path, layout)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def placed(work: Work) -> Placement:
    major = make(Major, name="数控技术", code="660103")
    room = make(SchoolClass, name="甲班", major=major.id)
    student = make(
        Student, name="张三", student_no="1", phone="13812345678", school_class=room.id, id_no=""
    )
    other = make(Student, name="李四", student_no="2", school_class=room.id, id_no="")
    host = make(Enterprise, name="霁川云松餐饮有限公司", uscc="", phone="02368001000")
    post = make(Position, name="面点", enterprise=host.id)
    legs = [
        make(
            Placement,
            student=one.id,
            enterprise=host.id,
            position=post.id,
            allowance=Decimal(pay),
            weekly_hours=Decimal(40),
        )
        for one, pay in ((student, "2200.50"), (other, "1800"))
    ]
    records.save_all(work, [major, room, student, other, host, post, *legs], Message("Made"))
    return legs[0]


def earlier(work: Work, days: int) -> None:
    """Let everything that was done so far have been done some days before."""
    with work.store.aside() as cursor:
        cursor.execute("UPDATE journal_step SET at = at - ?", (days * 86_400_000,))


def test_columns_lead_through_references_and_double_heads_say_whose(
    work: Work, tmp_path: Path
) -> None:
    placed(work)
    paths = (
        "student.student_no", "student", "student.school_class.major", "student.phone",
        "enterprise.phone",
    )  # fmt: skip
    rows = written(work, tmp_path / "a.xlsx", Query("placement"), Layout(paths, "internal", EN))
    assert rows[1] == ("Student number", "Student", "Major", "Student: Phone", "Enterprise: Phone")
    assert rows[2] == ("2", "李四", "数控技术", None, "02368001000")
    assert rows[3] == ("1", "张三", "数控技术", "13812345678", "02368001000")


def test_what_is_reached_through_a_reference_is_covered_for_the_public(
    work: Work, tmp_path: Path
) -> None:
    placed(work)
    layout = Layout(("student", "student.phone"), "public", ZH)
    rows = written(work, tmp_path / "a.xlsx", Query("placement"), layout)
    assert rows[3] == ("张三", "138****5678")


def test_totals_count_rows_and_add_up_numbers_and_amounts(work: Work, tmp_path: Path) -> None:
    placed(work)
    layout = Layout(("student", "start_date", "allowance"), "internal", EN, totals=True)
    rows = written(work, tmp_path / "a.xlsx", Query("placement"), layout)
    assert rows[-1] == ("Total: 2 rows", None, 4000.5)
    assert len(rows) == 5


@pytest.mark.parametrize("lang", [EN, ZH])
def test_a_sheet_with_totals_comes_back_without_them(work: Work, tmp_path: Path, lang: Any) -> None:
    placed(work)
    file = tmp_path / "a.xlsx"
    exporting.export(work, Query("student"), file, Layout((), "internal", lang, totals=True))
    assert len(importing.understand(file, "student").records) == 2


def test_an_unknown_column_is_named(work: Work, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no field “shoe_size”"):
        exporting.export(
            work, Query("student"), tmp_path / "a.xlsx", Layout(("shoe_size",), "internal", EN)
        )


def test_values_of_a_day_are_those_it_ended_with(work: Work, tmp_path: Path) -> None:
    leg = placed(work)
    gone = make(Student, name="王五", student_no="3", id_no="", note="转学")
    records.save(work, gone)
    earlier(work, 30)
    records.save(work, leg.but(allowance=Decimal(3000)))
    records.save(work, leg.but(allowance=Decimal(3100), weekly_hours=Decimal(36)))
    with work.store.read() as reader:
        host = next(reader.all("enterprise"))
        student = next(reader.all("student", student_no="1"))
    records.save(work, host.but(name="霁川云柏餐饮有限公司"))
    records.save(work, student.but(name="张叁"))
    records.remove(work, "student", [gone.id])
    records.save(work, make(Student, name="赵六", student_no="4", id_no=""))
    then = date.today() - timedelta(days=10)

    def on(day: date | None, kind: str, *names: str) -> list[tuple[Any, ...]]:
        layout = Layout(names, "internal", EN, on=day)
        return written(work, tmp_path / "a.xlsx", Query(kind), layout)

    before = ("霁川云松餐饮有限公司", 2200.5, 40)
    now = ("霁川云柏餐饮有限公司", 3100, 36)
    columns = ("student", "enterprise", "allowance", "weekly_hours")
    assert ("张三", *before) in on(then, "placement", *columns)
    assert ("张叁", *now) in on(date.today(), "placement", *columns)
    assert ("张叁", *now) in on(None, "placement", *columns)
    assert [row[0] for row in on(then, "student", "name", "note")[2:]] == ["李四", "王五", "张三"]
    assert ("王五", "转学") in on(then, "student", "name", "note")
    assert [row[0] for row in on(None, "student", "name", "note")[2:]] == ["李四", "张叁", "赵六"]
    assert on(then, "student", "name")[0][0] == f"Students, as of {then}"


def test_the_past_can_be_narrowed_to_equal_values(work: Work, tmp_path: Path) -> None:
    placed(work)
    earlier(work, 3)
    with work.store.read() as reader:
        one = next(reader.all("student", student_no="1"))
    records.save(work, one.but(student_no="9"))
    layout = Layout(("name",), "internal", EN, on=date.today() - timedelta(days=1))
    asked = Query("student", where=(Where("student_no", "=", "1"),))
    assert written(work, tmp_path / "a.xlsx", asked, layout)[2:] == [("张三",)]
    with pytest.raises(UserError, match="equal values"):
        exporting.export(work, Query("student", "张"), tmp_path / "a.xlsx", layout)


def test_a_day_before_the_first_record_or_to_come_is_refused(work: Work, tmp_path: Path) -> None:
    for days, said in ((-1, "the first are of"), (1, "has not come yet")):
        layout = Layout((), "internal", EN, on=date.today() + timedelta(days=days))
        with pytest.raises(UserError, match=said):
            exporting.export(work, Query("student"), tmp_path / "a.xlsx", layout)
    assert not (tmp_path / "a.xlsx").exists()


def test_what_was_undone_later_is_there_on_the_day_before(work: Work, tmp_path: Path) -> None:
    one = make(Student, name="张三", student_no="1", id_no="")
    records.save(work, one)
    step = records.save(work, one.but(name="张叁"))
    earlier(work, 5)
    history.undo(work, step)
    layout = Layout(("name",), "internal", EN, on=date.today() - timedelta(days=2))
    assert written(work, tmp_path / "a.xlsx", Query("student"), layout)[2:] == [("张叁",)]

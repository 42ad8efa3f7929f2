"""Lists: every order and every condition, and broad searches answered by their first ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.school import Major, School, SchoolClass
from xqhz_desktop.domain.student import Sex, Student, StudentStatus
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query, Where

MAJORS = [make(Major, name=name) for name in ("数控技术应用", "电子商务")]
ROOMS = [
    make(SchoolClass, name="24数控10班", major=MAJORS[0].id),
    make(SchoolClass, name="24数控2班", major=MAJORS[0].id),
    make(SchoolClass, name="24电商1班", major=MAJORS[1].id),
    make(SchoolClass, name="24无专业班"),
]
STUDENTS = [
    make(Student, name="张三", student_no="3", school_class=ROOMS[0].id, sex=Sex.MALE,
         birth_date=date(2008, 5, 1)),
    make(Student, name="李四", student_no="1", school_class=ROOMS[1].id, sex=Sex.FEMALE,
         birth_date=date(2007, 5, 1)),
    make(Student, name="王五", student_no="2", school_class=ROOMS[2].id, sex=Sex.MALE),
    make(Student, name="安七", school_class=ROOMS[3].id, status=StudentStatus.GRADUATED),
    make(Student, name="赵六", birth_date=date(2009, 5, 1)),
]  # fmt: skip
HOST = make(Enterprise, name="杭州星河有限公司", region="330100", status=Partnership.ACTIVE)
POSTS = [
    make(Position, name=name, enterprise=HOST.id, pay=pay, open=pay is not None)
    for name, pay in (("钳工", Decimal("900")), ("焊工", Decimal("2100.50")), ("学徒", None))
]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    made = workspace.create(tmp_path_factory.mktemp("lists"), make(School))
    placements = [
        make(Placement, student=one.id, enterprise=HOST.id, position=post, start_date=day)
        for one, post, day in zip(
            STUDENTS,
            ("", POSTS[1].id, POSTS[0].id, "", ""),
            (date(2026, 3, n) for n in (3, 1, 2, 5, 4)),
            strict=True,
        )
    ]
    with made.store.change(Message("Test"), made.actor) as change:
        for record in (*MAJORS, *ROOMS, *STUDENTS, HOST, *POSTS, *placements):
            change.put(record)
    yield made
    workspace.close(made)


def listed(work: Work, query: Query, most: int | None = queries.MOST) -> list[str]:
    with work.store.read() as reader:
        found = queries.found(reader, query, most)
        rows = [row for row in queries.rows(reader, query.kind, found.rows) if row]
        title = type(rows[0].record).TITLE if rows else ""
        return [row.names.get(title) or row.record.called for row in rows]


@pytest.mark.parametrize(
    ("kind", "sort", "names"),
    [
        ("student", "", "安七 李四 王五 张三 赵六"),
        ("student", "name", "安七 李四 王五 张三 赵六"),
        ("student", "student_no", "李四 王五 张三 安七 赵六"),
        ("student", "birth_date", "李四 张三 赵六 安七 王五"),
        ("student", "sex", "安七 赵六 王五 张三 李四"),
        ("student", "status", "李四 王五 张三 赵六 安七"),
        ("student", "school_class", "王五 李四 张三 安七 赵六"),
        ("student", "school_class.major", "王五 李四 张三 安七 赵六"),
        ("position", "", "焊工 钳工 学徒"),
        ("position", "pay", "钳工 焊工 学徒"),
        ("position", "open", "学徒 焊工 钳工"),
        ("placement", "", "安七 李四 王五 张三 赵六"),
        ("placement", "student", "安七 李四 王五 张三 赵六"),
        ("placement", "start_date", "李四 王五 张三 赵六 安七"),
        ("placement", "position", "李四 王五 安七 张三 赵六"),
        ("placement", "student.student_no", "李四 王五 张三 安七 赵六"),
        ("placement", "student.school_class", "王五 李四 张三 安七 赵六"),
        ("placement", "enterprise.region", "安七 李四 王五 张三 赵六"),
    ],
)
def test_a_list_is_ordered_with_empty_ones_last(
    school: Work, kind: str, sort: str, names: str
) -> None:
    assert listed(school, Query(kind, sort=sort)) == names.split()


@pytest.mark.parametrize("sort", ["student_no", "birth_date", "school_class"])
def test_empty_ones_are_last_in_falling_order_too(school: Work, sort: str) -> None:
    rising = listed(school, Query("student", sort=sort))
    falling = listed(school, Query("student", sort=sort, descending=True))
    assert falling[-1] in {"赵六", "安七", "王五"}
    assert falling[0] == rising[{"student_no": 2, "birth_date": 2, "school_class": 3}[sort]]


@pytest.mark.parametrize(
    ("where", "names"),
    [
        (Where("sex", "=", Sex.MALE), "王五 张三"),
        (Where("sex", "!=", Sex.MALE), "安七 李四 赵六"),
        (Where("status", "in", [StudentStatus.GRADUATED, StudentStatus.SUSPENDED]), "安七"),
        (Where("status", "in", []), ""),
        (Where("school_class", "=", ROOMS[0].id), "张三"),
        (Where("school_class", "=", ""), "赵六"),
        (Where("school_class", "empty"), "赵六"),
        (Where("school_class", "filled"), "安七 李四 王五 张三"),
        (Where("birth_date", "empty"), "安七 王五"),
        (Where("birth_date", "<", date(2008, 1, 1)), "李四"),
        (Where("birth_date", ">=", date(2008, 5, 1)), "张三 赵六"),
        (Where("student_no", ">", "1"), "王五 张三"),
        (Where("id", "=", STUDENTS[0].id), "张三"),
    ],
)
def test_a_condition_narrows_a_list(school: Work, where: Where, names: str) -> None:
    assert listed(school, Query("student", where=(where,))) == names.split()
    together = listed(school, Query("student", "i z l w a 三 四 五 六 七"[:0], (where,)))
    assert together == names.split()


def test_money_is_compared_as_money(school: Work) -> None:
    where = (Where("pay", ">=", Decimal("2100.5")),)
    assert listed(school, Query("position", where=where)) == ["焊工"]


def test_a_field_that_is_none_is_named(school: Work) -> None:
    with pytest.raises(NotFound, match="colour"):
        listed(school, Query("student", where=(Where("colour", "=", "red"),)))


def test_values_are_counted_within_a_query(school: Work) -> None:
    with school.store.read() as reader:
        assert queries.counts(reader, "student", "sex") == {
            Sex.MALE: 2, Sex.FEMALE: 1, Sex.UNKNOWN: 2,
        }  # fmt: skip
        within = Query("student", "words do not count", (Where("sex", "=", Sex.MALE),))
        counted = queries.counts(reader, "student", "school_class", within)
        assert counted == {ROOMS[0].id: 1, ROOMS[2].id: 1}
        assert queries.counts(reader, "position", "open") == {True: 2, False: 1}


def test_a_row_knows_the_names_it_points_to(school: Work) -> None:
    with school.store.read() as reader:
        found = queries.found(reader, Query("placement", "李四"))
        (row,) = queries.rows(reader, "placement", found.rows)
        assert row is not None
        assert dict(row.names) == {
            "student": "李四", "enterprise": "杭州星河有限公司", "position": "焊工", "batch": "",
            "tutor": "", "mentor": "", "continues": "", "agreement": "", "student.student_no": "1",
            "student.school_class": "24数控2班", "student.phone": "", "enterprise.region": "330100",
        }  # fmt: skip
        student = queries.row_of(reader, "student", STUDENTS[0].id)
        assert student is not None
        assert student.names["school_class.major"] == "数控技术应用"
        assert queries.row_of(reader, "student", "nobody") is None
        assert queries.rows(reader, "student", [999_999]) == [None]
        assert queries.rows(reader, "student", []) == []


BROAD = ["星", "x", "xh", "星 1", "m", "14", "xinghe"]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    """Six thousand students called 星河 and a number, each with a placement."""
    made = workspace.create(tmp_path_factory.mktemp("crowd"), make(School))
    values: dict[str, Any] = {"status": PlacementStatus.RUNNING, "enterprise": HOST.id}
    with made.store.change(Message("Test"), made.actor) as change:
        change.put(HOST)
        for n in range(6000):
            student = make(
                Student,
                name=f"星河{n}",
                student_no=f"14{n * 7 % 6000:04d}",
                phone=f"m{n}",
                sex=Sex.MALE if n % 2 else Sex.FEMALE,
            )
            change.put(student)
            change.put(make(Placement, student=student.id, **values))
    yield made
    workspace.close(made)


@pytest.mark.parametrize("words", BROAD)
@pytest.mark.parametrize("kind", ["student", "placement"])
@pytest.mark.parametrize("sort", ["", "student_no", "sex"])
@pytest.mark.parametrize("descending", [False, True])
def test_a_broad_search_shows_the_first_ones_in_order(
    crowd: Work, kind: str, words: str, sort: str, *, descending: bool
) -> None:
    sort = f"student.{sort}" if sort and kind == "placement" else sort
    query = Query(kind, words, sort=sort, descending=descending)
    with crowd.store.read() as reader:
        found = queries.found(reader, query)
        whole = queries.found(reader, query, None)
    if found.more:
        assert (found.total, len(found.rows)) == (queries.MOST, queries.FIRST)
        assert found.rows == whole.rows[: queries.FIRST]
        assert whole.total > queries.MOST
    else:
        assert found == whole


def test_a_broad_search_within_a_condition_is_exact(crowd: Work) -> None:
    where = (Where("sex", "=", Sex.MALE),)
    with crowd.store.read() as reader:
        found = queries.found(reader, Query("student", "x", where))
        assert (found.total, found.more) == (3000, False)
        narrow = queries.found(reader, Query("student", "x", where), most=100)
        assert narrow.more
        assert narrow.rows == found.rows[: queries.FIRST]

"""The quick ways to the first hits answer exactly what reading every row answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.make import make
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.attendance import Leave
from xqhz_desktop.domain.enterprise import Enterprise, Mentor
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import history, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import clauses, entries, finding, hits, search
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.storage.tables import index_table

TITLE = Message("Test")
SURNAMES = "王王王王王王李李李张张陈汪单曾翁郑"
GIVEN = ["雨", "望", "伟", "欣", "梓涵", "思远", "乐", "长乐", "子王", "·艾力", " Smith", "一2"]
PLACES = ["杭州", "宁波", "王店", "重庆", "ABC"]
MANY = 40
"""More hits than this are answered by their first ones here, so that a small school is enough."""


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    """Nine hundred students at seventy enterprises, drawn by a fixed seed."""
    made = workspace.create(tmp_path_factory.mktemp("finding"), make(School))
    chance = random.Random(7)
    hosts = [
        make(
            Enterprise,
            name=f"{chance.choice(PLACES)}{chance.choice(SURNAMES)}记{n}有限公司",
            uscc=f"91330106{chance.choice(('MA', 'WU'))}2{n:06d}{chance.choice('WXZ8')}",
        )
        for n in range(70)
    ]
    posts = [
        make(Position, name=f"操作工{n}", enterprise=chance.choice(hosts).id) for n in range(90)
    ]
    with made.store.change(TITLE, made.actor) as change:
        for one in (*hosts, *posts):
            change.put(one)
            change.put(make(Mentor, name=_name(chance), enterprise=chance.choice(hosts).id))
        for n in range(900):
            student = make(
                Student,
                name=_name(chance),
                student_no=f"2024{n * 7 % 900:04d}",
                phone=f"138{chance.randrange(10**8):08d}",
                sex=chance.choice(list(Sex)),
            )
            change.put(student)
            for _place in range(chance.choice((0, 1, 1, 2))):
                placed = _placement(student, chance.choice(hosts), chance.choice(posts), chance)
                change.put(placed)
                if chance.random() < 0.7:
                    change.put(make(Leave, placement=placed.id))
    yield made
    workspace.close(made)


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(["", *GIVEN[:5]])


def _placement(
    student: Student, host: Enterprise, post: Position, chance: random.Random
) -> Placement:
    status = chance.choice([PlacementStatus.PLANNED, PlacementStatus.RUNNING])
    values: dict[str, Any] = {"student": student.id, "enterprise": host.id, "status": status}
    return make(Placement, **values, position=post.id if chance.random() < 0.5 else "")


def _queries() -> Iterator[Query]:
    chance = random.Random(11)
    words = [
        "王",
        "李",
        "w",
        "wa",
        "wang",
        "wy",
        "z",
        "zh",
        "l",
        "2",
        "20",
        "202",
        "138",
        "8",
        "88",
    ]
    words += [
        "杭州",
        "hz",
        "有限",
        "操作",
        "cz",
        "王记",
        "单",
        "shan",
        "s",
        "·",
        "王雨",
        "艾力",
        "smith",
    ]
    words += ["ma", "wu2", "x", "91", "zhang", "wei", "yu"]
    words += ["一2", "张w", "没有", "@", "王 2024", "w 1 有限"]
    wheres: dict[str, list[tuple[Where, ...]]] = {
        "student": [(), (), (Where("sex", "=", Sex.MALE),), (Where("phone", "filled"),)],
        "placement": [(), (), (Where("status", "=", PlacementStatus.RUNNING),)],
    }
    for _round in range(400):
        kind = chance.choice(["student", "placement", "placement", "leave", "mentor", "position"])
        asked = " ".join(chance.choices(words, k=chance.choice((1, 1, 1, 2, 2, 3))))
        where = chance.choice(wheres.get(kind, [()]))
        yield Query(kind, asked, where, descending=chance.random() < 0.4)


def _slowly(reader: Reader, query: Query) -> list[int]:
    """Read every row, name by name."""
    condition, values = clauses.conditions(query)
    sought, patterns = hits.sought(query.kind, search.terms(query.words))
    join, order = clauses.order(query)
    found = reader.cursor.execute(
        f"SELECT t.row FROM {query.kind} t {join} WHERE {condition} AND {sought} ORDER BY {order}",
        [*values, *patterns],
    )
    return [row for (row,) in found.fetchall()]


@pytest.mark.parametrize("most", [MANY, finding.MOST])
def test_four_hundred_random_searches_are_answered_as_by_reading_every_row(
    crowd: Work, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(finding, "_FEW", 10)
    monkeypatch.setattr(finding, "_SCATTERED", 8)
    monkeypatch.setattr(finding, "_MANY", 30)
    shortened = 0
    with crowd.store.read() as reader:
        for query in _queries():
            every = _slowly(reader, query)
            found = finding.found(reader, query, most)
            shortened += found.more
            assert found.more == (len(every) > most), query
            assert list(found.rows) == (every[: finding.FIRST] if found.more else every), query
            assert found.total == (most if found.more else len(every)), query
            begun = finding.first(reader, query, 25)
            assert list(begun.rows)[:25] == every[:25], query
            assert begun.counted or (begun.more and begun.total == 25 <= len(every)), query
            assert not begun.counted or begun.more or begun.total == len(every), query
    assert bool(shortened) == (most == MANY)


def test_a_search_within_few_records_is_answered_as_by_reading_every_row(crowd: Work) -> None:
    with crowd.store.read() as reader:
        host = next(iter(reader.all("enterprise"))).id
        query = Query("placement", "w", (Where("enterprise", "=", host),))
        every = _slowly(reader, query)
        assert every
        assert list(finding.found(reader, query).rows) == every
        few = finding.found(reader, query, most=1)
        assert (few.more, few.total, list(few.rows)) == (True, 1, every)


def test_a_leave_is_found_by_whoever_and_whatever_finds_its_placement(work: Work) -> None:
    host = make(Enterprise, name="杭州星河有限公司")
    post = make(Position, name="数控车工", enterprise=host.id)
    pupils = [make(Student, name=name) for name in ("张三", "李四")]
    placed = [
        make(Placement, student=one.id, enterprise=host.id, position=post.id) for one in pupils
    ]
    leaves = [make(Leave, placement=one.id) for one in placed]
    with work.store.change(TITLE, work.actor) as change:
        for one in (host, post, *pupils, *placed, *leaves):
            change.put(one)
    with work.store.read() as reader:
        for words, number in {"zs": 1, "李四 星河": 1, "星河": 2, "skcg": 2, "王五": 0}.items():
            assert finding.first(reader, Query("leave", words)).total == number, words


def test_records_that_lead_to_each_other_have_no_end_of_links() -> None:
    assert all(len(hits.links(kind)) < 20 for kind in BY_KIND)


_KEY = some.text("azwngu123 \x1f王·'A", max_size=12) | some.sampled_from(
    [
        "wang2 yu3\x1f王雨",
        "wang2 yu3 tong2\x1f王雨桐",
        "wang2\x1f王",
        "wang4",
        "wan2 a",
        "wang",
        "zz9",
    ]
)


@given(_KEY, _KEY)
def test_entries_never_stand_against_the_order_of_names(one: str, other: str) -> None:
    first, last = sorted((one, other))
    assert entries.entry(0, first) <= entries.entry(0, last)
    assert entries.entry(5, one) & entries.ROWS == 5


def test_names_of_different_syllables_have_different_places() -> None:
    keys = ["wang2 yu3", "wang2 yu4", "wang4 yu3", "wei2", "zhang1 wei3", "zhang1 wei4"]
    places = [entries.entry(0, key) for key in keys]
    assert len(set(places)) == len(keys)
    assert entries.entry(entries.ROWS, "zuo5 zuo5 zuo5") < 2**62


def test_every_entry_stands_where_its_name_stands_after_any_change(work: Work) -> None:
    hosts = [make(Enterprise, name="杭州星河有限公司")]
    pupils = [make(Student, name=name) for name in ("张三", "李四", "王五")]
    placed = [make(Placement, student=one.id, enterprise=hosts[0].id) for one in pupils]
    with work.store.change(TITLE, work.actor) as change:
        for one in (*hosts, *pupils, *placed):
            change.put(one)
    _consistent(work)
    with work.store.change(TITLE, work.actor) as change:
        change.put(pupils[0].but(name="单雄信"))
        change.put(pupils[1].but(name="阿力", phone="13800138000"))
        change.put(hosts[0].but(name="宁波云帆有限公司"))
    _consistent(work)
    with work.store.change(TITLE, work.actor) as change:
        change.remove("placement", placed[2].id)
        change.remove("student", pupils[2].id)
    _consistent(work)
    history.undo(work)
    _consistent(work)


def _consistent(work: Work) -> None:
    with work.store.read() as reader:
        for kind in BY_KIND:
            known = reader.cursor.execute(f"SELECT row, sort_key FROM {kind}").fetchall()
            found = reader.cursor.execute(f"SELECT rowid FROM {index_table(kind)}").fetchall()
            assert sorted(one for (one,) in found) == sorted(entries.entry(*one) for one in known)

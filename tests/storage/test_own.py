"""Own fields in the database: kept, journaled one by one, found, sorted and filtered by."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.make import make
from tests.services.own import ALL, OwnSchool, own_school
from xqhz_desktop.domain.own import OwnField, OwnType
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import own_fields
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import codec, index, journal, queries
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.storage.writing import whole


@pytest.fixture
def school(work: Work) -> OwnSchool:
    return own_school(work)


def stored(school: OwnSchool, *some: Record) -> None:
    with school.work.store.change(Message("Test"), school.work.actor) as change:
        for one in some:
            change.put(one)


def found(school: OwnSchool, **asked: Any) -> list[str]:
    with school.work.store.read() as reader:
        rows = queries.rows(
            reader, "student", queries.found(reader, Query("student", **asked)).rows
        )
    return [row.record.called for row in rows if row]


def entries(school: OwnSchool) -> list[journal.Entry]:
    with school.work.store.read() as reader:
        (newest,) = journal.steps(reader.cursor, 1)
        return journal.entries(reader.cursor, newest.number)


def test_values_of_every_sort_come_back(school: OwnSchool) -> None:
    student = school.filled(make(Student, name="张三"), **ALL)
    stored(school, student)
    with school.work.store.read() as reader:
        assert reader.get("student", student.id) == student


def test_the_journal_keeps_every_own_field_by_itself(school: OwnSchool) -> None:
    bed, deposit = (school.fields()[label].name for label in ("床位", "押金"))
    student = school.filled(make(Student, name="张三"), 床位="4", 押金="200")
    stored(school, student)
    (made,) = entries(school)
    assert made.before is None
    assert made.after is not None
    assert (made.after[bed], made.after[deposit]) == (4, 20000)
    stored(school, school.filled(student, 床位="5"))
    (changed,) = entries(school)
    assert (changed.before, changed.after) == ({bed: 4}, {bed: 5})
    stored(school, student.but(**{bed: None}))
    (emptied,) = entries(school)
    assert (emptied.before, emptied.after) == ({bed: 5}, {bed: None})


def test_an_image_of_the_journal_is_folded_back_into_the_record(school: OwnSchool) -> None:
    student = school.filled(make(Student, name="张三"), **ALL)
    stored(school, student)
    (made,) = entries(school)
    cells = whole("student", student.id, made.after or {})
    assert codec.from_cells("student", cells) == student
    bed = school.fields()["床位"].name
    patched = codec.patched("student", cells, {bed: 7, "name": "李四"})
    assert codec.named("student", patched)[bed] == 7
    assert codec.from_cells("student", patched).called == "李四"


@pytest.mark.parametrize(
    ("label", "order"),
    [
        ("工服尺码", ["甲", "乙", "丙"]),
        ("床位", ["乙", "甲", "丙"]),
        ("宿舍号", ["丙", "甲", "乙"]),
    ],
)
def test_a_list_is_sorted_by_an_own_field(school: OwnSchool, label: str, order: list[str]) -> None:
    stored(
        school,
        school.filled(make(Student, name="甲"), 工服尺码="大号", 床位="10", 宿舍号="b"),
        school.filled(make(Student, name="乙"), 工服尺码="小号", 床位="9"),
        school.filled(make(Student, name="丙"), 宿舍号="a"),
    )
    name = school.fields()[label].name
    assert found(school, sort=name) == order
    with_values = [one for one in order if one in found(school, where=(Where(name, "filled"),))]
    empty = [one for one in order if one not in with_values]
    assert order == with_values + empty
    assert sorted(found(school, where=(Where(name, "empty"),))) == sorted(empty)


def test_a_list_is_filtered_and_counted_by_own_fields(school: OwnSchool) -> None:
    stored(
        school,
        school.filled(make(Student, name="甲"), 是否住校="是", 押金="100", 工服尺码="大号"),
        school.filled(make(Student, name="乙"), 押金="300", 工服尺码="大号"),
        make(Student, name="丙"),
    )
    known = school.fields()
    boards, deposit, size = (known[label].name for label in ("是否住校", "押金", "工服尺码"))
    big = known["工服尺码"].parse("大号")
    assert found(school, where=(Where(boards, "=", False),)) == ["丙", "乙"]
    assert found(school, where=(Where(boards, "in", [True, False]),)) == ["丙", "甲", "乙"]
    assert found(school, where=(Where(deposit, ">", Decimal(150)),)) == ["乙"]
    assert found(school, where=(Where(size, "=", big),)) == ["甲", "乙"]
    assert found(school, where=(Where(size, "!=", big),)) == ["丙"]
    with school.work.store.read() as reader:
        assert queries.counts(reader, "student", size) == {big: 2, None: 1}
        assert queries.counts(reader, "student", boards) == {True: 1, False: 2}


def test_searched_own_fields_are_found_by_words_and_pinyin(school: OwnSchool) -> None:
    stored(
        school,
        school.filled(make(Student, name="甲"), 工服尺码="大号", 宿舍号="紫荆 402"),
        school.filled(make(Student, name="乙"), 过敏史="紫荆"),
    )
    for words in ("紫荆", "zij", "zj", "402", "大号", "dahao", "甲 大号"):
        assert found(school, words=words) == ["甲"], words


def test_what_is_found_follows_the_definitions(school: OwnSchool) -> None:
    work = school.work
    stored(school, school.filled(make(Student, name="甲"), 工服尺码="大号", 宿舍号="紫荆"))
    sizes = school.sizes()
    first, *others = sizes.choices
    renamed = own_fields.CodeList(sizes.record, (first.but(name="加大"), *others))
    own_fields.save_list(work, renamed)
    assert (found(school, words="大号"), found(school, words="加大")) == ([], ["甲"])
    room = school.definition("宿舍号")
    own_fields.retire(work, room)
    assert found(school, words="紫荆") == []
    own_fields.retire(work, room, retired=False)
    assert found(school, words="紫荆") == ["甲"]
    own_fields.save(work, room.but(search=False))
    assert found(school, words="紫荆") == []


def test_keys_made_again_after_an_upgrade_hold_own_fields(school: OwnSchool) -> None:
    stored(school, school.filled(make(Student, name="甲"), 宿舍号="紫荆"))
    with school.work.store.change(Message("Test"), school.work.actor) as change:
        index.rebuild(change.cursor)
    assert found(school, words="紫荆") == ["甲"]


def test_definitions_and_values_may_come_in_one_change(work: Work) -> None:
    field = OwnField(of_kind="student", name="宿舍号", type=OwnType.TEXT, search=True)
    student = make(Student, name="甲").but(**{field.field_name: "紫荆"})
    school = OwnSchool(work)
    stored(school, student, field)
    assert found(school, words="紫荆") == ["甲"]


def test_a_workspace_without_own_fields_has_the_built_in_ones(work: Work) -> None:
    with work.store.read() as reader:
        assert reader.fields("student") == Student.FIELDS


def test_a_ticked_field_is_found_by_its_name(school: OwnSchool) -> None:
    boards = school.definition("是否住校")
    own_fields.save(school.work, boards.but(search=True))
    stored(school, school.filled(make(Student, name="甲"), 是否住校="是"), make(Student, name="乙"))
    assert found(school, words="住校") == ["甲"]
    own_fields.save(school.work, boards.but(search=True, name="寄宿"))
    assert (found(school, words="住校"), found(school, words="寄宿")) == ([], ["甲"])

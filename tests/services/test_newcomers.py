"""A new device gets everything at once, and goes on with packages as all others do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.make import make
from tests.services.laptops import Laptop, joined, meet
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import newcomers, syncing, workspace


@pytest.fixture
def second(first: Laptop, tmp_path: Path) -> Iterator[Laptop]:
    made = joined(first, tmp_path, "机电系")
    yield made
    workspace.close(made.work)


@pytest.fixture
def third(first: Laptop, tmp_path: Path) -> Iterator[Laptop]:
    made = joined(first, tmp_path, "商贸系")
    yield made
    workspace.close(made.work)


def snapshot(laptop: Laptop) -> Path:
    return newcomers.make(laptop.work, laptop.desk / "everything.xqhz").files[0]


def test_a_new_laptop_has_everything_and_goes_on_from_there(first: Laptop, second: Laptop) -> None:
    student, other = make(Student, name="张三"), make(Student, name="李四")
    first.save(student, other)
    first.remove(other)
    taken = second.take(snapshot(first))
    assert second.now(student) == student
    assert second.now(other) is None
    assert taken.kinds["student"].new == 1
    first.save(make(Student, name="王五"))
    second.save(make(Student, name="赵六"))
    meet(first, second)


def test_what_two_laptops_disagree_on_reaches_the_new_one(
    first: Laptop, second: Laptop, third: Laptop
) -> None:
    student = make(Student, name="张三")
    first.save(student)
    meet(first, second)
    for laptop, phone in ((first, "13800000001"), (second, "13800000002")):
        laptop.save(type(student)(**{**laptop.now(student).__dict__, "phone": phone}))
    meet(first, second)
    third.take(snapshot(second))
    assert third.now(student) == first.now(student)
    assert syncing.status(third.work).conflicts == syncing.status(first.work).conflicts == 1


def test_a_firm_removed_but_still_placed_at_is_there_on_the_new_one(
    first: Laptop, second: Laptop, third: Laptop
) -> None:
    firm, student = make(Enterprise, name="星河电子"), make(Student, name="张三")
    first.save(firm, student)
    meet(first, second)
    first.remove(firm)
    second.save(make(Placement, student=student.id, enterprise=firm.id))
    meet(first, second)
    third.take(snapshot(first))
    assert third.now(firm) == first.now(firm) is not None


def test_the_same_snapshot_again_changes_nothing(first: Laptop, second: Laptop) -> None:
    first.save(make(Student, name="张三"))
    file = snapshot(first)
    second.take(file)
    before = second.all()
    assert second.take(file).changes == 0
    assert second.all() == before


def test_a_snapshot_is_refused_where_there_is_data_of_others(first: Laptop, second: Laptop) -> None:
    meet(first, second)
    first.save(make(Student, name="张三"))
    before = second.all()
    with pytest.raises(UserError) as refused:
        second.take(snapshot(first))
    assert refused.value.code == "NOT_NEW"
    assert second.all() == before


def test_what_the_new_one_brings_reaches_a_third(
    first: Laptop, second: Laptop, third: Laptop
) -> None:
    first.save(make(Student, name="张三"))
    second.take(snapshot(first))
    second.save(make(Student, name="李四"))
    first.take(second.pack())
    third.take(snapshot(first))
    meet(second, third)

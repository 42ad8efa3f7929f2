"""A successor takes over what is open; what is over stays with whoever did it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.make import make
from tests.services.laptops import Laptop
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.services import handovers, history
from xqhz_desktop.services.handovers import ANSWERS_FOR


@dataclass
class Office:
    """Two teachers; the first one has a class, a placement that goes on, and one that is over."""

    old: Staff
    new: Staff
    home: SchoolClass
    running: Placement
    ended: Placement


@pytest.fixture
def people(first: Laptop) -> Office:
    old = make(Staff, name="周老师", role=Role.COORDINATOR)
    new = make(Staff, name="吴老师", role=Role.TUTOR)
    home = make(SchoolClass, name="23数控1班", head_teacher=old.id)
    student, firm = make(Student, name="张三"), make(Enterprise, name="栖澜精密")
    running, ended = (
        make(Placement, student=student.id, enterprise=firm.id, tutor=old.id, status=status)
        for status in (PlacementStatus.RUNNING, PlacementStatus.ARCHIVED)
    )
    first.save(old, new, home, student, firm, running, ended)
    return Office(old, new, home, running, ended)


def test_what_is_open_is_listed_by_name(first: Laptop, people: Office) -> None:
    found = handovers.matters(first.work, people.old.id)
    assert found.person == "周老师"
    assert found.records == {"school_class": ["23数控1班"], "placement": ["张三"]}
    assert [str(one.msgid[0]) for one in found.unfinished] == ["{n} change is not sent to anybody."]


def test_the_successor_answers_for_what_is_open(first: Laptop, people: Office) -> None:
    handovers.hand_over(first.work, people.old.id, people.new.id)
    assert first.now(people.home).head_teacher == people.new.id
    assert first.now(people.running).tutor == people.new.id
    assert first.now(people.ended).tutor == people.old.id
    assert not handovers.matters(first.work, people.old.id).records


@pytest.mark.parametrize(
    ("roles", "said"),
    [(True, (Role.VIEWER, Role.COORDINATOR)), (False, (Role.COORDINATOR, Role.TUTOR))],
)
def test_the_role_goes_over_where_it_should(
    first: Laptop, people: Office, *, roles: bool, said: tuple[Role, Role]
) -> None:
    handovers.hand_over(first.work, people.old.id, people.new.id, roles=roles)
    assert (first.now(people.old).role, first.now(people.new).role) == said


def test_it_is_one_step_in_the_history_and_can_be_undone(first: Laptop, people: Office) -> None:
    before = first.all()
    number = handovers.hand_over(first.work, people.old.id, people.new.id)
    assert history.steps(first.work, 1)[0].title.values == {
        "leaver": "周老师",
        "successor": "吴老师",
    }
    history.undo(first.work, number)
    assert first.all() == before


def test_nobody_hands_over_to_themselves_or_to_nobody(first: Laptop, people: Office) -> None:
    with pytest.raises(UserError):
        handovers.hand_over(first.work, people.old.id, people.old.id)
    with pytest.raises(NotFound):
        handovers.hand_over(first.work, people.old.id, "0" * 32)


def test_every_kind_somebody_answers_for_has_the_field() -> None:
    assert all(field in BY_KIND[kind].FIELDS for kind, field in ANSWERS_FOR.items())

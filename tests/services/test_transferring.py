"""A change of enterprise makes a new leg; two hosts share the time; overlaps are said aloud."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.make import make
from tests.services.placements import END
from tests.services.ready import TODAY, ReadySchool
from xqhz_desktop.domain import journey
from xqhz_desktop.domain.enterprise import Enterprise, Mentor, Partnership
from xqhz_desktop.domain.guidance import EventKind, PlacementEvent
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import history, moving, transferring, workspace
from xqhz_desktop.services.moving import Wish
from xqhz_desktop.services.transferring import Transfer

S = PlacementStatus
DAY = date(2026, 5, 18)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[ReadySchool]:
    made = ReadySchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


@pytest.fixture
def other(school: ReadySchool) -> Enterprise:
    made = make(Enterprise, name="望岳精工有限公司", status=Partnership.ACTIVE, uscc="")
    school.add(made)
    return made


@pytest.fixture
def leg(school: ReadySchool) -> Placement:
    tutor, mentor = make(Staff, name="陈立新"), make(Mentor, enterprise=school.enterprise.id)
    (one,) = school.interns(1, S.RUNNING)
    one = one.but(tutor=tutor.id, mentor=mentor.id)
    school.add(tutor, mentor, one)
    return one


def go(school: ReadySchool, leg: Placement, wish: Transfer) -> Placement:
    return transferring.transfer(school.work, leg.id, wish, TODAY)


def test_the_old_leg_is_closed_with_its_reason_and_a_new_one_begins(
    school: ReadySchool, leg: Placement, other: Enterprise
) -> None:
    new = go(school, leg, Transfer(other.id, "", DAY, "岗位与专业不对口"))
    old = school.now(leg)
    assert (old.status, old.end_date) == (S.ENDED, DAY - timedelta(1))
    assert old.end_reason == "岗位与专业不对口"
    assert (new.continues, new.start_date, new.end_date) == (leg.id, DAY, END)
    assert (new.status, new.enterprise, new.batch) == (S.AGREEING, other.id, leg.batch)
    assert (new.tutor, new.mentor) == (leg.tutor, "")
    with school.work.store.read() as reader:
        (draft,) = reader.all("tripartite", placement=new.id)
        story = [one for one in reader.all("placement_event") if isinstance(one, PlacementEvent)]
        legs = transferring.legs(reader, new)
    assert not journey.BEFORE.isdisjoint({new.status})
    assert draft is not None
    assert {one.kind for one in story} == {EventKind.TRANSFER}
    assert [one.id for one in legs] == [leg.id, new.id]
    assert journey.legs_on(legs, DAY) == [new]
    assert [one.id for one in journey.legs_on(legs, DAY - timedelta(1))] == [leg.id]


def test_the_new_leg_needs_a_new_agreement_before_it_starts(
    school: ReadySchool, leg: Placement, other: Enterprise
) -> None:
    new = go(school, leg, Transfer(other.id, "", DAY, "企业停产"))
    with pytest.raises(UserError, match="Three-party agreement"):
        moving.move_one(school.work, new.id, Wish(S.RUNNING), TODAY)


def test_a_change_of_post_keeps_the_mentor(school: ReadySchool, leg: Placement) -> None:
    new = go(school, leg, Transfer(leg.enterprise, "", DAY, "轮岗"))
    assert new.mentor == leg.mentor


def test_the_whole_change_is_undone_at_once(
    school: ReadySchool, leg: Placement, other: Enterprise
) -> None:
    go(school, leg, Transfer(other.id, "", DAY, "企业停产"))
    history.undo(school.work)
    assert school.now(leg) == leg
    assert len(school.placed()) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": " "}, "Say why the place changes."),
        ({"day": date(2026, 3, 16)}, "The new leg begins after 2026-03-16"),
        ({"day": date(2026, 7, 1)}, "2026-07-01 has not come yet"),
        ({"enterprise": "here"}, "at this place already"),
        ({"enterprise": "closed"}, "Nobody is placed at"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    school: ReadySchool, leg: Placement, other: Enterprise, change: dict[str, str], said: str
) -> None:
    if change.get("enterprise") == "closed":
        school.add(other.but(status=Partnership.BLACKLISTED))
    places = {"here": (leg.enterprise, leg.position), "closed": (other.id, "")}
    host, post = places.get(str(change.get("enterprise")), (other.id, ""))
    wish = {"day": DAY, "reason": "企业停产", **change, "enterprise": host, "position": post}
    with pytest.raises(UserError, match=said):
        go(school, leg, Transfer(**wish))  # type: ignore[arg-type]  # days and texts by name
    assert school.now(leg) == leg


def test_only_who_is_on_post_changes_the_place(school: ReadySchool, other: Enterprise) -> None:
    waiting, over = school.interns(1)[0], school.interns(1, S.ASSESSED)[0]
    wish = Transfer(other.id, "", DAY, "企业停产")
    with pytest.raises(UserError, match="Work has not begun"):
        go(school, waiting, wish)
    with pytest.raises(UserError, match="only who is on post"):
        go(school, over, wish)


def test_a_second_enterprise_takes_its_share(
    school: ReadySchool, leg: Placement, other: Enterprise
) -> None:
    wish = Transfer(other.id, "", DAY, "")
    new = transferring.second_host(school.work, leg.id, wish, Decimal(40), TODAY)
    assert (new.share, school.now(leg).share) == (Decimal(40), Decimal(60))
    assert new.continues == ""
    with school.work.store.read() as reader:
        assert transferring.warnings(reader, new) == ()
    with pytest.raises(UserError, match="between 1 and 99"):
        transferring.second_host(school.work, leg.id, wish, Decimal(100), TODAY)


def test_two_whole_placements_on_the_same_days_are_said_but_kept(
    school: ReadySchool, leg: Placement, other: Enterprise
) -> None:
    again = leg.but(id="0" * 32, enterprise=other.id, position="")
    school.add(again)
    with school.work.store.read() as reader:
        (warning,) = transferring.warnings(reader, again)
    assert str(warning).startswith("On the same days at 霁川云和机械有限公司, 2026-03-16 to")
    school.add(leg.but(status=S.CANCELLED))
    with school.work.store.read() as reader:
        assert transferring.warnings(reader, again) == ()

"""The caps: who is counted, on which day, against whose staff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make import make
from tests.services.placements import END, START, SmallSchool
from xqhz_desktop.domain.enterprise import Enterprise, EnterpriseLevel
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.services import quotas, workspace
from xqhz_desktop.services.quotas import Crowd, fullest


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    made = SmallSchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def crowd(school: SmallSchool) -> Crowd:
    with school.work.store.read() as reader:
        return quotas.crowd(reader, school.batch)


def stay(
    school: SmallSchool, student: str, start: date, end: date | None, **traits: object
) -> None:
    placement = make(
        Placement,
        student=student,
        enterprise=school.enterprise.id,
        position=school.position.id,
        start_date=start,
        end_date=end,
    )
    school.add(placement.but(**traits))


def test_a_meter_says_share_room_and_excess(school: SmallSchool) -> None:
    now = crowd(school).post(school.position, 0)
    assert (now.before, now.after, now.share, now.room, now.over) == (0, 0, Decimal("0.0"), 10, 0)
    then = crowd(school).post(school.position, 12)
    assert (then.after, then.share, then.over, then.peak) == (12, Decimal("24.0"), 2, START)
    assert crowd(school).enterprise(school.enterprise.id, 21).over == 1


def test_exactly_the_cap_is_allowed(school: SmallSchool) -> None:
    assert crowd(school).post(school.position, 10).over == 0
    assert crowd(school).enterprise(school.enterprise.id, 20).over == 0


def test_interns_of_other_batches_count_on_the_days_both_are_there(school: SmallSchool) -> None:
    early, late, outside = school.students(3)
    stay(school, early, START - timedelta(90), START + timedelta(10))
    stay(school, late, START + timedelta(5), None)
    stay(school, outside, END + timedelta(1), END + timedelta(60))
    meter = crowd(school).post(school.position, 0)
    assert (meter.before, meter.peak) == (2, START + timedelta(5))


def test_stays_that_follow_each_other_are_not_added_up(school: SmallSchool) -> None:
    first, second = school.students(2)
    stay(school, first, START, START + timedelta(30))
    stay(school, second, START + timedelta(31), END)
    assert crowd(school).post(school.position, 0).before == 1


def test_a_cancelled_placement_does_not_count(school: SmallSchool) -> None:
    (one,) = school.students(1)
    stay(school, one, START, END, status=PlacementStatus.CANCELLED)
    assert crowd(school).post(school.position, 0).before == 0


def test_interns_of_other_schools_count_but_do_not_take_our_places(school: SmallSchool) -> None:
    post = school.position.but(other_interns=4)
    school.add(post, school.enterprise.but(other_interns=9))
    found = crowd(school)
    assert found.post(post, 0).before == 4
    assert found.taken(post.id) == 0
    assert found.enterprise(school.enterprise.id, 0).before == 9


def test_without_the_number_of_staff_nothing_can_be_told(school: SmallSchool) -> None:
    meter = crowd(school).post(school.position.but(staff_same_post=None), 99)
    assert (meter.share, meter.room, meter.over) == (None, None, 0)


def test_a_site_counts_for_its_company_and_a_subsidiary_for_itself(school: SmallSchool) -> None:
    site = make(
        Enterprise,
        name="二厂",
        uscc="",
        level=EnterpriseLevel.SITE,
        parent=school.enterprise.id,
        other_interns=3,
    )
    daughter = make(Enterprise, name="子公司", uscc="", parent=school.enterprise.id, staff_total=30)
    school.add(site, daughter)
    at_site, at_daughter = school.students(2)
    stay(school, at_site, START, END, enterprise=site.id, position="")
    stay(school, at_daughter, START, END, enterprise=daughter.id, position="")
    found = crowd(school)
    company = found.enterprise(school.enterprise.id, 0)
    assert (company.before, company.staff) == (4, 200)
    assert found.enterprise(site.id, 0) == company
    own = found.enterprise(daughter.id, 0)
    assert (own.before, own.staff) == (1, 30)


def test_sites_that_belong_to_each_other_do_not_hang_the_count(school: SmallSchool) -> None:
    one = make(Enterprise, name="一厂", uscc="", level=EnterpriseLevel.SITE)
    two = make(Enterprise, name="二厂", uscc="", level=EnterpriseLevel.SITE, parent=one.id)
    school.add(one, two, one.but(parent=two.id))
    assert crowd(school).enterprise(one.id, 1).after == 1


SPANS = st.lists(
    st.tuples(st.integers(-20, 60), st.integers(0, 40)).map(
        lambda span: (START + timedelta(span[0]), START + timedelta(sum(span)))
    ),
    max_size=12,
)


@given(SPANS)
def test_the_fullest_day_is_the_one_found_by_counting_every_day(
    spans: list[tuple[date, date]],
) -> None:
    end = START + timedelta(40)
    days = [START + timedelta(n) for n in range(41)]
    there = [sum(first <= day <= last for first, last in spans) for day in days]
    most = max(there)
    first_day = days[there.index(most)] if most else None
    assert fullest(spans, START, end) == (most, first_day)

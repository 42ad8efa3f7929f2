"""Checking placements of a workspace: found, kept, answered, covered by a filing, frozen."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.make import make
from tests.services.placements import END, MINOR, START, SmallSchool
from xqhz_desktop.compliance.judging import State
from xqhz_desktop.domain import journey
from xqhz_desktop.domain.attendance import Attendance
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.position import Position, Shift
from xqhz_desktop.domain.preparation import (
    Filing,
    FilingKind,
    FilingState,
    Training,
    TrainingResult,
)
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import language
from xqhz_desktop.services import (
    checking,
    checking_answers,
    checking_explained,
    checking_sheets,
    checking_views,
    moving,
    records,
    workspace,
)
from xqhz_desktop.services.checking_views import Rule
from xqhz_desktop.storage import verdicts

TODAY = date(2026, 4, 1)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    made = SmallSchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


@pytest.fixture
def placed(school: SmallSchool) -> list[str]:
    """Three placements that run, by their ids."""
    made = [
        make(
            Placement, student=student, enterprise=school.enterprise.id, batch=school.batch.id,
            position=school.position.id, start_date=START, end_date=END,
            status=PlacementStatus.RUNNING, weekly_hours=Decimal(40),
        )
        for student in school.students(3)
    ]  # fmt: skip
    school.add(*made)
    return [one.id for one in made]


def found(school: SmallSchool, id: str, on: date = TODAY) -> dict[str, State]:
    with school.work.store.read() as reader:
        (one,) = checking.judged(reader, [id], on)
    return {each.rule: each.state for each in one.findings}


def rule(school: SmallSchool, id: str) -> Rule:
    return next(one for one in checking_views.look(school.work).rules if one.entry.id == id)


def test_a_placement_is_judged_by_everything_around_it(
    school: SmallSchool, placed: list[str]
) -> None:
    rules = found(school, placed[0])
    assert rules["R16"] is State.OPEN  # no three-party agreement
    assert rules["R53"] is State.OPEN  # no safety training
    assert rules["R12"] is State.UNJUDGED  # nobody said how long a day is
    assert "R01" not in rules
    training = make(Training, batch=school.batch.id, held_on=date(2026, 3, 10))
    student = school.work.store
    with student.read() as reader:
        one = reader.get("placement", placed[0])
    assert isinstance(one, Placement)
    result = TrainingResult(training=training.id, student=one.student)
    school.add(training, result)
    assert "R53" not in found(school, placed[0])


def test_attendance_with_overtime_or_a_seventh_day_is_noticed(
    school: SmallSchool, placed: list[str]
) -> None:
    days = {f"d{n:02d}": "√8" for n in range(16, 22)}
    school.add(Attendance(placement=placed[0], month="2026-03", **days))
    assert not {"R66"} & set(found(school, placed[0]))
    assert found(school, placed[0])["R14"] is State.UNJUDGED
    school.add(Attendance(placement=placed[1], month="2026-03", **days, d22="√8+2"))
    assert found(school, placed[1])["R66"] is State.OPEN
    assert found(school, placed[1])["R14"] is State.OPEN


def test_a_filing_with_authority_and_days_turns_a_ban_into_a_documented_pass(
    school: SmallSchool, placed: list[str]
) -> None:
    school.add(school.position.but(shift=Shift.NIGHT))
    assert found(school, placed[0])["R15"] is State.OPEN
    paper = make(
        Filing, kind=FilingKind.NIGHT_SHIFT, state=FilingState.FILED, position=school.position.id,
        valid_from=START, valid_until=END,
    )  # fmt: skip
    school.add(paper)
    assert found(school, placed[0])["R15"] is State.OPEN  # with whom it was filed is not said
    school.add(paper.but(authority="市教育局"))
    assert found(school, placed[0])["R15"] is State.FILED
    school.add(paper.but(authority="市教育局", valid_until=date(2026, 6, 1)))
    assert found(school, placed[0])["R15"] is State.OPEN  # it ends too early


def test_what_forbids_a_start_is_said_before_it(school: SmallSchool) -> None:
    (child,) = school.students(1, born=None)
    one = make(Placement, student=child, enterprise=school.enterprise.id, batch=school.batch.id,
               start_date=START, end_date=END, status=PlacementStatus.ASSIGNED)  # fmt: skip
    school.add(one)
    with school.work.store.read() as reader:
        bad = checking.blockers(reader, [one.id], date(2026, 3, 1))[one.id]
        said = checking.refusals(reader, [one.id], date(2026, 3, 1))[one.id]
    assert [each.rule for each in bad] == ["R01", "R16", "R53"]
    assert "R01" in str(said)
    assert "出生日期" in language("zh_CN").say(said)
    assert "R16" not in found(school, one.id, date(2026, 3, 1))  # it has not begun yet


def test_only_what_changed_is_judged_again(school: SmallSchool, placed: list[str]) -> None:
    checking.refresh(school.work, TODAY)
    with school.work.store.read() as reader:
        before = verdicts.standing(reader)
        mark = verdicts.mark(reader)
    assert {one.rule for one in before} >= {"R16", "R34", "R53"} - {"R34"}
    assert checking.refresh(school.work, TODAY) == mark
    school.add(school.position.but(shift=Shift.NIGHT))
    checking.refresh(school.work, TODAY)
    assert len(rule(school, "R15").rows) == 3
    school.add(school.position.but(shift=Shift.DAY))
    checking.refresh(school.work, date(2026, 4, 2))
    with school.work.store.read() as reader:
        settled = [one for one in verdicts.of(reader, placed[0]) if one.rule == "R15"]
        assert verdicts.news(reader, date(2026, 4, 2))[1] >= 3
    assert [one.gone for one in settled] == ["2026-04-02"]  # kept, with the day it was settled


def test_what_is_kept_is_what_a_whole_check_finds(school: SmallSchool, placed: list[str]) -> None:
    checking.refresh(school.work, TODAY)
    school.add(school.enterprise.but(staff_total=20, industry="6233"))
    records.remove(school.work, "placement", [placed[2]])
    checking.refresh(school.work, TODAY)
    with school.work.store.read() as reader:
        kept = [(v.placement, v.rule, v.body) for v in verdicts.standing(reader)]
    checking.refresh(school.work, TODAY, whole=True)
    with school.work.store.read() as reader:
        assert kept == [(v.placement, v.rule, v.body) for v in verdicts.standing(reader)]
    assert len(rule(school, "R03").rows) == 2


def test_a_reason_holds_while_the_facts_stay_the_same(
    school: SmallSchool, placed: list[str]
) -> None:
    school.add(school.enterprise.but(staff_total=20))
    checking.refresh(school.work, TODAY)
    crowded = rule(school, "R32")
    assert crowded.waiting == 3
    lang = language("zh_CN")
    checking_answers.reason(school.work, crowded, crowded.rows[:2], "两班错峰到岗", lang)
    checking.refresh(school.work, TODAY)
    assert rule(school, "R32").waiting == 1
    (one,) = checking_explained.history(school.work, crowded.rows[0].person.id, "R32")
    assert one.pack.startswith("national")
    assert "超过在岗职工的10%" in one.said
    school.add(school.enterprise.but(staff_total=15))
    checking.refresh(school.work, TODAY)
    assert rule(school, "R32").waiting == 3  # other numbers: it is asked again


def test_a_reason_does_not_help_where_something_is_forbidden(
    school: SmallSchool, placed: list[str]
) -> None:
    checking.refresh(school.work, TODAY)
    forbidden = rule(school, "R16")
    with pytest.raises(UserError) as refused:
        checking_answers.reason(school.work, forbidden, forbidden.rows, "急", language("en"))
    assert refused.value.code == "FORBIDDEN"


def test_a_word_asks_once_for_each_position(school: SmallSchool, placed: list[str]) -> None:
    school.add(school.position.but(duties="登高检修"))
    checking.refresh(school.work, TODAY)
    asked = rule(school, "R09").rows[0]
    assert asked.finding.state is State.ASKED
    checking_answers.answer_work(school.work, asked, applies=False)
    assert "R09" not in found(school, placed[1])
    checking_answers.answer_work(school.work, asked, applies=True)
    assert found(school, placed[1])["R09"] is State.OPEN


def test_a_filing_begun_from_findings_names_what_they_share(
    school: SmallSchool, placed: list[str]
) -> None:
    school.add(school.position.but(shift=Shift.NIGHT))
    checking.refresh(school.work, TODAY)
    nights = rule(school, "R15")
    id = checking_answers.begin_filing(school.work, nights, nights.rows, language("zh_CN"))
    with school.work.store.read() as reader:
        made = reader.get("filing", id)
    assert isinstance(made, Filing)
    assert (made.kind, made.position) == (FilingKind.NIGHT_SHIFT, school.position.id)
    assert made.student == ""
    assert found(school, placed[0])["R15"] is State.OPEN  # nothing is filed yet


def test_a_frozen_sheet_says_what_changed_and_cannot_be_altered(
    school: SmallSchool, placed: list[str]
) -> None:
    checking.refresh(school.work, TODAY)
    overview = checking_views.look(school.work)
    sheet = checking_sheets.freeze(school.work, overview, "", "四月")
    school.add(school.enterprise.but(staff_total=20))
    checking.refresh(school.work, TODAY)
    changed = checking_sheets.compare(sheet, checking_views.look(school.work))
    assert {one for _id, one in changed.came} == {"R32"}
    assert changed.settled == ()
    with pytest.raises(UserError) as refused:
        checking_sheets.compare(sheet.but(body="[]"), overview)
    assert refused.value.code == "TAMPERED"


def test_findings_are_written_into_a_sheet(
    school: SmallSchool, placed: list[str], tmp_path: Path
) -> None:
    checking.refresh(school.work, TODAY)
    file = tmp_path / "体检.xlsx"
    count = checking_sheets.write(checking_views.look(school.work), file, language("zh_CN"))
    sheet = load_workbook(file).worksheets[0]
    assert sheet.max_row == count + 2
    assert any("未签订三方协议" in str(cell.value) for cell in sheet["H"])


def test_facts_of_a_finding_are_told_with_their_records(
    school: SmallSchool, placed: list[str]
) -> None:
    school.add(school.enterprise.but(staff_total=20))
    checking.refresh(school.work, TODAY)
    crowded = rule(school, "R32")
    row = crowded.rows[0]
    used = checking_explained.used(school.work, row, crowded, language("en"))
    assert ("20", "enterprise", school.enterprise.id) in [(u.value, u.kind, u.id) for u in used]
    radar = checking_explained.radar(school.work, row)
    assert radar is not None
    assert max(radar.ours) == 3


def test_minors_need_their_guardian_and_the_words_narrow_the_view(
    school: SmallSchool, placed: list[str]
) -> None:
    (young,) = school.students(1, born=MINOR, name="李小")
    host = make(Enterprise, name="北岭酒吧有限公司", uscc="")
    post = make(Position, name="服务", enterprise=host.id)
    school.add(host, post, make(Placement, student=young, enterprise=host.id, position=post.id,
                                batch=school.batch.id, start_date=START, end_date=END))  # fmt: skip
    checking.refresh(school.work, TODAY)
    narrow = checking_views.look(school.work, words="李小")
    assert {row.person.student for one in narrow.rules for row in one.rows} == {"李小"}
    asked = next(one for one in narrow.rules if one.entry.id == "R03")
    assert asked.rows[0].finding.state is State.ASKED


def test_nobody_starts_while_a_rule_forbids_it(school: SmallSchool) -> None:
    school.add(school.position.but(shift=Shift.NIGHT))
    (student,) = school.students(1)
    one = make(
        Placement, student=student, enterprise=school.enterprise.id, batch=school.batch.id,
        position=school.position.id, start_date=START, end_date=END,
        status=PlacementStatus.AGREEING,
    )  # fmt: skip
    school.add(one)
    with school.work.store.read() as reader:
        known = moving.standings(reader, [one], START)[one.id]
    step = journey.Step(PlacementStatus.RUNNING, START)
    ready = dataclasses.replace(known, lacking=())
    assert "R15" in str(journey.refusal(one, step, ready))
    assert journey.refusal(one, step, dataclasses.replace(ready, forbidden=None)) is None

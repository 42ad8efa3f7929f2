"""The findings page: what stands, why, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.compliance.test_packs import written
from tests.make import make
from tests.services.placements import END, START, SmallSchool
from tests.ui.page_drivers import OnePage
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.position import Shift
from xqhz_desktop.domain.preparation import Filing
from xqhz_desktop.domain.ruling import FindingAnswer, PackState, RulePack, WorkAnswer
from xqhz_desktop.services import checking
from xqhz_desktop.ui.dialogs.question import Question
from xqhz_desktop.ui.pages.findings import FindingsPage
from xqhz_desktop.ui.pages.findings_news import NewsLine
from xqhz_desktop.ui.pages.findings_reason import ReasonDialog

Opened = Callable[..., OnePage[FindingsPage]]


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    """Three placements that run at an enterprise with a staff of twenty."""
    made = SmallSchool(tmp_path / "school")
    made.add(made.enterprise.but(staff_total=20))
    made.add(
        *(
            make(
                Placement, student=student, enterprise=made.enterprise.id, batch=made.batch.id,
                position=made.position.id, start_date=START, end_date=END,
                status=PlacementStatus.RUNNING,
            )
            for student in made.students(3)
        )
    )  # fmt: skip
    return made


@pytest.fixture
def opened(qtbot: QtBot, school: SmallSchool) -> Iterator[Opened]:
    made: list[OnePage[FindingsPage]] = []

    def start(language: str = "en") -> OnePage[FindingsPage]:
        made.append(OnePage(qtbot, school.work, FindingsPage, language))
        return made[0]

    yield start
    for one in made:
        one.close()


def choose(page: OnePage[FindingsPage], rule: str) -> None:
    page.page.show_record(rule)
    page.settle()


def test_a_rule_shows_its_placements_and_why(opened: Opened) -> None:
    page = opened()
    choose(page, "R32")
    assert [row.person.student for row in page.page.rows.rule.rows] == [
        "学生00", "学生01", "学生02",
    ]  # fmt: skip
    shown = page.page.pane.shown
    assert shown is not None
    assert shown.rule.entry.id == "R32"
    assert ("20", "enterprise") in [(one.value, one.kind) for one in shown.used]
    assert page.page.pane.radar.isVisible()
    assert page.page.pane.reason_button.isVisible()


def test_what_is_forbidden_offers_no_reason(opened: Opened) -> None:
    page = opened()
    choose(page, "R16")
    assert not page.page.pane.reason_button.isVisible()
    assert not page.page.rows.reason_button.isVisible()
    page.page._on_reason()
    assert not page.page.findChildren(ReasonDialog)


def test_one_reason_serves_all_that_are_picked(opened: Opened, school: SmallSchool) -> None:
    page = opened()
    choose(page, "R32")
    table = page.page.rows.table
    table.selectAll()
    page.page.rows.reason_button.click()
    (dialog,) = page.page.findChildren(ReasonDialog)
    assert not dialog.yes.isEnabled()
    dialog.box.setPlainText("两班错峰到岗，企业已书面确认")
    dialog.yes.click()
    page.settle()
    kept = [one for one in page.stored("finding_answer") if isinstance(one, FindingAnswer)]
    assert len(kept) == 3
    assert {one.reason for one in kept} == {"两班错峰到岗，企业已书面确认"}
    rule = next(one for one in page.page._found.rules if one.entry.id == "R32")
    assert rule.waiting == 0


def test_a_question_is_answered_once_for_the_position(opened: Opened, school: SmallSchool) -> None:
    school.add(school.position.but(duties="登高检修"))
    page = opened()
    choose(page, "R09")
    assert page.page.pane.no_button.isVisible()
    page.page.pane.no_button.click()
    page.settle()
    (answer,) = page.stored("work_answer")
    assert isinstance(answer, WorkAnswer)
    assert (answer.word, answer.applies) == ("登高", False)
    assert "R09" not in {one.entry.id for one in page.page._found.rules}


def test_a_filing_is_begun_and_opened_to_be_completed(opened: Opened, school: SmallSchool) -> None:
    school.add(school.position.but(shift=Shift.NIGHT))
    page = opened()
    wanted: list[tuple[str, str]] = []
    page.context.wanted.connect(lambda name, _query, id, _command: wanted.append((name, id)))
    choose(page, "R15")
    page.page.pane.filing_button.click()
    page.settle()
    (filing,) = page.stored("filing")
    assert isinstance(filing, Filing)
    assert ("filing", filing.id) in wanted


def test_severities_and_words_narrow_the_view(opened: Opened) -> None:
    page = opened()
    page.page.chips.chosen.emit("F")
    assert {one.severity for one in page.page.list._rules} == {"F"}
    page.page.search_box.setText("学生01")
    page.settle()
    people = {row.person.student for one in page.page._found.rules for row in one.rows}
    assert people == {"学生01"}


def test_everything_is_said_in_chinese_too(opened: Opened) -> None:
    page = opened("zh_CN")
    choose(page, "R16")
    shown = page.page.pane.shown
    assert shown is not None
    assert shown.rule.entry.said("name", "zh_CN") == "未签订三方协议，不能开始岗位实习"
    page.languages.switch("en")
    page.settle()
    assert page.page.list.rule() is not None


def test_freezing_says_what_changed_since(opened: Opened, school: SmallSchool) -> None:
    page = opened()
    page.page.freeze_button.click()
    page.settle()
    school.add(school.enterprise.but(staff_total=200))
    page.settle()
    page.page.refresh()
    page.settle()
    page.page.freeze_button.click()
    page.settle()
    assert len(list(page.stored("compliance_sheet"))) == 2
    assert "3 settled" in page.said[-1][0]


def test_a_pack_from_a_file_is_tried_and_used_once_somebody_agrees(
    opened: Opened, tmp_path: Path
) -> None:
    page = opened()
    file = tmp_path / "school.json"
    file.write_text(written(format=9), encoding="utf-8")
    page.page.packs.try_file(str(file))
    page.settle()
    assert "newer version" in page.said[-1][0]
    file.write_text(written(), encoding="utf-8")
    page.page.packs.try_file(str(file))
    page.settle()
    (question,) = page.page.findChildren(Question)
    question.yes.click()
    page.settle()
    (pack,) = page.stored("rule_pack")
    assert isinstance(pack, RulePack)
    assert pack.state is PackState.ADOPTED
    assert len(page.page.packs.menu().actions()) == 2


def test_the_first_page_says_what_is_new_since_yesterday(qtbot: QtBot, school: SmallSchool) -> None:
    checking.refresh(school.work, date.today() - timedelta(1))
    page = OnePage(qtbot, school.work, NewsLine)
    page.page.refresh()
    page.settle()
    school.add(school.position.but(shift=Shift.NIGHT))
    page.page.refresh()
    page.settle()
    assert page.page.isVisible()
    assert "3 new findings" in page.page.words.text()
    page.close()

"""The page of one placement: where it is, what may follow, what is refused and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.services.ready import ReadySchool
from tests.ui.page_drivers import OnePage
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.guidance import PlacementEvent
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.readiness import Item
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.dialogs.step import StepDialog
from xqhz_desktop.ui.pages.placement_detail import PlacementPage

S = PlacementStatus
TODAY = date.today()
BEGUN = TODAY - timedelta(60)


class Detail(OnePage[PlacementPage]):
    """The page with one placement open."""

    def open(self, placement: Placement) -> None:
        """Show a placement."""
        self.page.show_record(placement.id)
        self.settle()

    def choose(self, text: str) -> None:
        """Choose a line of the menu 变更或中止."""
        menu: QMenu = self.page.head.menu()
        next(one for one in menu.actions() if one.text() == text).trigger()
        self.settle()

    def answer(self, **texts: str) -> None:
        """Type answers into the dialog in front."""
        assert isinstance(self.front, StepDialog)
        for name, text in texts.items():
            self.front.form.write(name, text)

    def now(self, placement: Placement) -> Placement:
        """Return the placement as it is stored."""
        (found,) = self.stored("placement", id=placement.id)
        assert isinstance(found, Placement)
        return found


Opened = Callable[[Placement], Detail]


@pytest.fixture
def school(tmp_path: Path) -> ReadySchool:
    return ReadySchool(tmp_path / "school")


@pytest.fixture
def detail(qtbot: QtBot, school: ReadySchool) -> Iterator[Opened]:
    made: list[Detail] = []

    def start(placement: Placement) -> Detail:
        made.append(Detail(qtbot, school.work, PlacementPage))
        made[0].open(placement)
        return made[0]

    yield start
    for one in made:
        one.close()


def running(school: ReadySchool) -> Placement:
    (one,) = school.interns(1, S.RUNNING)
    one = one.but(start_date=BEGUN, end_date=TODAY + timedelta(60))
    school.add(one)
    return one


def test_a_placement_is_shown_with_its_state_papers_and_story(
    school: ReadySchool, detail: Opened
) -> None:
    (one,) = school.interns(1, ready=False)
    page = detail(one)
    assert {"学生00", "4 of 8 complete", "Go on post"} <= set(page.texts)
    assert page.page.head.lacking.text() == "4 still missing"
    words = {line.paper.item: str(line.paper.word) for line in page.page.papers.lines}
    assert words[Item.AGREEMENT] == "missing"
    assert words[Item.SITE] == "complete"
    assert any("For a test" in text for text in page.texts)


def test_what_is_missing_for_the_post_is_said_and_nothing_happens(
    school: ReadySchool, detail: Opened
) -> None:
    (one,) = school.interns(1, ready=False)
    page = detail(one)
    page.press("Go on post")
    assert any(text.startswith("Not on post yet, still missing: Informed") for text in page.texts)
    page.press("Close")
    assert page.now(one).status is S.AGREEING


def test_a_ready_student_goes_on_post_and_the_story_tells_it(
    school: ReadySchool, detail: Opened
) -> None:
    (one,) = school.interns(1)
    page = detail(one)
    page.press("Go on post")
    page.press("Go on post")
    assert page.now(one).status is S.RUNNING
    assert page.said[-1] == ("Done.", True)
    assert "On post" in page.texts
    assert page.page.head.ahead() is S.ENDED


def test_a_suspension_wants_its_reason(school: ReadySchool, detail: Opened) -> None:
    one = running(school)
    page = detail(one)
    page.choose("Suspend")
    page.press("Suspend")
    assert "Say why: “Suspended” needs a reason." in page.texts
    page.answer(reason="住院")
    page.press("Suspend")
    assert (page.now(one).status, page.now(one).end_reason) == (S.SUSPENDED, "住院")
    assert "Suspended: 住院" in page.texts


def test_a_step_that_cannot_be_is_explained(school: ReadySchool, detail: Opened) -> None:
    page = detail(running(school))
    page.choose("Cancel the placement")
    assert "Work has begun: end the placement instead of cancelling it." in page.texts
    page.press("Close")


def test_the_enterprise_is_changed_and_both_legs_are_shown(
    school: ReadySchool, detail: Opened
) -> None:
    other = make(Enterprise, name="望岳精工有限公司", status=Partnership.ACTIVE, uscc="")
    school.add(other)
    one = running(school)
    page = detail(one)
    page.choose("Change enterprise or post …")
    dialog = page.front
    assert isinstance(dialog, StepDialog)
    dialog.form.write("enterprise", other.id, other.name)
    page.answer(reason="企业停产")
    page.press("Change the place")
    (new,) = page.stored("placement", continues=one.id)
    assert isinstance(new, Placement)
    assert (new.enterprise, new.status) == (other.id, S.AGREEING)
    assert page.now(one).status is S.ENDED
    assert any(text.startswith("2 legs: ") for text in page.texts)


def test_a_note_stays_in_the_story(school: ReadySchool, detail: Opened) -> None:
    one = running(school)
    page = detail(one)
    page.page.story.note.setText("家长来电")
    page.page.story.note.returnPressed.emit()
    page.settle()
    assert "家长来电" in page.texts
    (event,) = page.stored("placement_event")
    assert isinstance(event, PlacementEvent)
    assert event.reason == "家长来电"


def test_the_next_one_of_the_batch_is_a_key_away(school: ReadySchool, detail: Opened) -> None:
    first, second = school.interns(2)
    page = detail(first)
    before = page.page._wanted
    page.press("The one after" if "1 of 2" in page.texts else "The one before")
    assert page.page.dossier is not None
    assert page.page.dossier.placement.id != before
    assert page.page.dossier.placement.id in (first.id, second.id)


def test_a_paper_leads_to_its_record_or_to_where_it_is_added(
    school: ReadySchool, detail: Opened
) -> None:
    (one,) = school.interns(1, ready=False)
    page = detail(one)
    gone: list[tuple[str, Query | None, str]] = []

    def note(name: str, query: Query | None, record: str, _command: str) -> None:
        gone.append((name, query, record))

    page.context.wanted.connect(note)
    by_item = {line.paper.item: line for line in page.page.papers.lines}
    by_item[Item.SITE].opened.emit()
    by_item[Item.CONSENT].opened.emit()
    assert gone[0][0] == "site_assessment"
    assert gone[0][2]
    assert gone[1][0] == "consent"
    assert gone[1][1] is not None
    assert gone[1][1].where[0].value == one.student


def test_a_scan_dropped_on_a_line_belongs_to_its_record(
    school: ReadySchool, detail: Opened, tmp_path: Path
) -> None:
    (one,) = school.interns(1)
    page = detail(one)
    scan = tmp_path / "三方协议.pdf"
    scan.write_bytes(b"%PDF-1.4")
    line = next(one for one in page.page.papers.lines if one.paper.item is Item.AGREEMENT)
    line.dropped.emit([scan])
    page.settle()
    (file,) = page.stored("attachment")
    assert (getattr(file, "owner"), page.said[-1][0]) == (line.paper.id, "1 file attached")  # noqa: B009


def test_without_a_placement_the_page_says_where_to_find_one(
    qtbot: QtBot, school: ReadySchool
) -> None:
    page = Detail(qtbot, school.work, PlacementPage)
    assert "No placement is open" in page.texts
    page.close()

"""The page of a batch's papers: who lacks what, and the files that are written from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.placements import MINOR, SmallSchool
from tests.services.test_archiving import attach, unpacked
from tests.services.test_assessing import place
from tests.ui.page_drivers import OnePage
from xqhz_desktop.ui.dialogs.bundling import BundleDialog
from xqhz_desktop.ui.dialogs.paper import PaperDialog
from xqhz_desktop.ui.pages.dossier import DossierPage
from xqhz_desktop.ui.pages.three_numbers import ThreeNumbersPage

Opened = Callable[[], OnePage[DossierPage]]


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    return SmallSchool(tmp_path / "school")


@pytest.fixture
def opened(qtbot: QtBot, school: SmallSchool) -> Iterator[Opened]:
    made: list[OnePage[DossierPage]] = []

    def start() -> OnePage[DossierPage]:
        made.append(OnePage(qtbot, school.work, DossierPage))
        return made[0]

    yield start
    for one in made:
        one.close()


def cells(page: OnePage[DossierPage]) -> dict[str, list[str]]:
    """Return the words of each row by the student's name."""
    model = page.page.table.told
    columns = model.columnCount()
    rows = [[model.index(row, n).data() for n in range(columns)] for row in range(model.rowCount())]
    return {row[0].split()[0]: row[1:] for row in rows}


def test_every_paper_is_red_amber_or_green(school: SmallSchool, opened: Opened) -> None:
    adult = place(school, *school.students(1, name="林冲"))
    place(school, *school.students(1, MINOR, name="小方"))
    attach(school, adult, "三方协议.pdf", b"scan")
    page = opened()
    found = cells(page)
    assert found["林冲"][:3] == ["There", "Missing", "–"]  # an adult's guardian need not sign
    assert found["小方"][:3] == ["Missing", "Missing", "Missing"]


def test_a_chip_leaves_those_who_lack_one_paper(school: SmallSchool, opened: Opened) -> None:
    adult = place(school, *school.students(1, name="林冲"))
    place(school, *school.students(1, name="武松"))
    attach(school, adult, "三方协议.pdf", b"scan")
    page = opened()
    page.press("Three-party agreement  1")
    assert list(cells(page)) == ["武松"]


def test_a_scan_that_arrives_turns_its_paper_green(school: SmallSchool, opened: Opened) -> None:
    leg = place(school, *school.students(1, name="林冲"))
    page = opened()
    assert cells(page)["林冲"][0] == "Missing"
    attach(school, leg, "三方协议.pdf", b"scan")
    page.settle()
    assert cells(page)["林冲"][0] == "There"


@pytest.mark.parametrize("button", ["Student files", "Inspection binder"])
def test_files_are_written_where_one_says(
    school: SmallSchool, opened: Opened, tmp_path: Path, button: str
) -> None:
    place(school, *school.students(1, name="林冲"))
    page = opened()
    page.press(button)
    dialog = page.front
    assert isinstance(dialog, BundleDialog)
    dialog.write(tmp_path / "out.zip")
    page.settle()
    assert len(unpacked(tmp_path / "out.zip")) > 2
    assert "written to out.zip" in page.said[-1][0]


def test_the_gaps_are_a_paper(school: SmallSchool, opened: Opened) -> None:
    place(school, *school.students(1, name="林冲"))
    page = opened()
    page.press("Print the gaps")
    assert isinstance(page.front, PaperDialog)


def test_the_three_numbers_name_who_is_missing_where(school: SmallSchool, qtbot: QtBot) -> None:
    place(school, *school.students(1, name="林冲"))
    page = OnePage(qtbot, school.work, ThreeNumbersPage)
    assert "Register 1, agreements 0, insured 0: they differ." in page.texts
    page.press("No agreement in force  1")
    assert [one.name for one in page.page.table.told.rows] == ["林冲"]
    page.close()

"""Forms of authorities in the window: checked first, records opened, good rows exported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.services.placements import END, START, SmallSchool
from tests.spreadsheets.adapter_files import adapter_file
from tests.ui.page_drivers import OnePage, pick, rows
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.ui.pages.submissions import SubmissionsPage

Forms = OnePage[SubmissionsPage]


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    made = SmallSchool(tmp_path / "school")
    for name, number, agreement in (("张晨怡", "20241", "三方1"), ("李雅雪", "20242", "")):
        (student,) = made.students(1, name=name, student_no=number)
        placement = make(
            Placement,
            student=student,
            enterprise=made.enterprise.id,
            position=made.position.id,
            batch="" if agreement else made.batch.id,
            start_date=START,
            end_date=END,
            agreement_no=agreement,
            status=PlacementStatus.RUNNING,
        )
        made.add(placement)
    return made


@pytest.fixture
def forms(school: SmallSchool, qtbot: QtBot) -> Iterator[Forms]:
    made: Forms = OnePage(qtbot, school.work, SubmissionsPage)
    yield made
    made.close()


def choose(forms: Forms, name: str) -> None:
    pick(forms.page.forms, name)
    forms.settle()


def test_the_forms_are_listed_with_how_far_they_are_filled(forms: Forms) -> None:
    assert rows(forms.page.forms)[0] == [
        "Internship supervision (RP01) 21 of 25 columns are filled"
    ]
    assert any("Compare with this year's original" in text for text in forms.texts)
    assert "2 rows, 2 would be refused | 21 of 25 columns are filled" in forms.texts


def test_what_would_come_back_is_told_before_anything_is_written(forms: Forms) -> None:
    choose(forms, "Status data")
    assert "2 rows, 2 would be refused | 26 of 30 columns are filled" in forms.texts
    told = dict(rows(forms.page.pane.findings))
    assert told["是否签订三方协议 This must be filled in."] == "1 row would be refused"
    blank = "保单号 This version does not record this yet: the column stays blank."
    assert told[blank] == "whole column worth a look"


def test_a_row_opens_the_record_something_is_missing_in(forms: Forms, school: SmallSchool) -> None:
    went: list[tuple[str, str]] = []
    forms.context.wanted.connect(lambda page, _query, id, _command: went.append((page, id)))
    choose(forms, "Status data")
    pick(forms.page.pane.findings, "是否签订三方协议")
    advice = "Fill in “Agreement number” in Placement “李雅雪 20242”."
    assert rows(forms.page.pane.hits) == [[f"李雅雪 20242 {advice}", "Row 2"]]
    forms.page.pane.hits.selectRow(0)
    forms.page.pane.hits.opened.emit()
    (missing,) = [one for one in school.placed() if not one.agreement_no]
    assert went == [("placement", missing.id)]


def test_after_the_record_is_completed_the_form_is_checked_again(
    forms: Forms, school: SmallSchool
) -> None:
    choose(forms, "Status data")
    before = len(rows(forms.page.pane.findings))
    school.add(*(one.but(agreement_no="三方2") for one in school.placed()))
    forms.settle()
    assert len(rows(forms.page.pane.findings)) == before - 1


def test_good_rows_go_alone_and_all_of_them_when_wanted(forms: Forms, tmp_path: Path) -> None:
    choose(forms, "Data platform: internships")
    forms.page.write(tmp_path / "x.xlsx", good=False)
    forms.settle()
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0].max_row == 3
    choose(forms, "Internship supervision")
    forms.page.write(tmp_path / "y.xlsx", good=True)
    forms.settle()
    assert openpyxl.load_workbook(tmp_path / "y.xlsx").worksheets[0].max_row == 1
    assert forms.said[-1][0] == "0 rows written to y.xlsx"


def test_one_batch_can_be_reported(forms: Forms) -> None:
    choose(forms, "Status data")
    combo = forms.page.pane.batches
    assert [combo.itemText(n) for n in range(combo.count())] == ["All batches", "2026春季"]
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    forms.settle()
    assert "1 row, 1 would be refused | 26 of 30 columns are filled" in forms.texts


def test_a_form_of_later_parts_is_offered_empty(forms: Forms, tmp_path: Path) -> None:
    choose(forms, "Data platform: visits")
    assert "An empty form" in forms.texts
    assert "Export the empty form" in [text.strip() for text in forms.texts]


def test_a_form_is_added_from_a_file_and_a_broken_one_is_not(forms: Forms, tmp_path: Path) -> None:
    forms.page.take_file(str(adapter_file(tmp_path, "bad.json", columns=[])))
    forms.settle()
    assert "“bad.json” is no template" in forms.said[-1][0]
    forms.page.take_file(str(adapter_file(tmp_path)))
    forms.settle()
    assert rows(forms.page.forms)[-1] == ["本校上报表 All 2 columns are filled"]


def test_the_batch_of_a_list_is_the_one_to_report(forms: Forms, school: SmallSchool) -> None:
    choose(forms, "Data platform: visits")
    forms.page.show_query(Query("placement", where=(Where("batch", "=", school.batch.id),)))
    forms.settle()
    assert forms.page.pane.batch == school.batch.id
    assert "1 row, 1 would be refused | 21 of 25 columns are filled" in forms.texts

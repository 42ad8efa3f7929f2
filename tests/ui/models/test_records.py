"""The list model: right at any length, quiet when nothing changed, honest about what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.list_drivers import school
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import language
from xqhz_desktop.services import records, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import finding
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.models.records import NEAR, PAGE, ROW_ROLE, RecordsModel
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.pages.lists import LISTINGS

COLUMNS = next(one for one in LISTINGS if one.kind == "student").every_column


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    pupils = [make(Student, name=f"学生{n:05d}", student_no=f"{n:05d}") for n in range(300)]
    made = school(tmp_path / "school", pupils)
    yield made
    workspace.close(made)


@pytest.fixture
def model(qtbot: QtBot, work: Work) -> Iterator[RecordsModel]:
    search = Search(work.store)
    made = RecordsModel(search, COLUMNS, language("en"))
    made.show(Query("student"))
    qtbot.waitUntil(lambda: search.idle)
    yield made
    search.close()


def settled(qtbot: QtBot, model: RecordsModel) -> None:
    qtbot.waitUntil(lambda: model._search.idle)


def test_qt_itself_finds_nothing_wrong(
    qtbot: QtBot, model: RecordsModel, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    model.show(Query("student", words="学生0001"))
    settled(qtbot, model)
    qtmodeltester.check(model)


def test_the_first_page_is_there_with_the_answer(model: RecordsModel) -> None:
    assert model.rowCount() == 300
    assert model.index(0, 0).data() == "学生00000"


def test_a_far_row_is_blank_until_its_page_has_come(qtbot: QtBot, model: RecordsModel) -> None:
    far = model.index(299, 0)
    assert (far.data(), far.data(ROW_ROLE)) == ("", None)
    with qtbot.waitSignal(model.dataChanged):
        pass
    assert far.data() == "学生00299"


def test_the_page_ahead_is_fetched_before_it_is_reached(qtbot: QtBot, model: RecordsModel) -> None:
    model.row(PAGE - NEAR)
    settled(qtbot, model)
    assert model.row(PAGE) is not None


def test_a_newer_query_makes_the_older_one_void(qtbot: QtBot, model: RecordsModel) -> None:
    seen: list[int] = []
    model.answered.connect(lambda: seen.append(model.rowCount()))
    for words in ("学生0", "学生00", "学生0029"):
        model.show(Query("student", words=words))
    settled(qtbot, model)
    assert seen[-1] == model.rowCount() == 10
    assert len(seen) <= 3


def test_an_edit_repaints_without_a_reset(qtbot: QtBot, model: RecordsModel, work: Work) -> None:
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    row = model.row(3)
    assert row is not None
    records.save(work, row.record.but(phone="13800138000"))
    model.refresh()
    settled(qtbot, model)
    again = model.row(3)
    assert again is not None
    assert (again.record.values()["phone"], resets) == ("13800138000", [])


def test_a_removed_row_leaves_the_list(qtbot: QtBot, model: RecordsModel, work: Work) -> None:
    row = model.row(3)
    assert row is not None
    records.remove(work, "student", [row.record.id])
    model.refresh()
    settled(qtbot, model)
    assert (model.rowCount(), model.place(row.rowid)) == (299, -1)


def test_sorting_is_done_by_the_database(qtbot: QtBot, model: RecordsModel) -> None:
    number = [one.name for one in COLUMNS].index("student_no")
    model.sort(number, Qt.SortOrder.DescendingOrder)
    settled(qtbot, model)
    assert model.index(0, 0).data() == "学生00299"


def test_headers_are_said_when_they_are_shown(model: RecordsModel) -> None:
    way = Qt.Orientation.Horizontal
    assert model.headerData(0, way) == "Student"
    model.speak(language("zh_CN"))
    assert model.headerData(0, way) == "学生"


def test_rows_have_no_rows_of_their_own(model: RecordsModel) -> None:
    inside = model.index(0, 0, QModelIndex())
    assert (model.rowCount(inside), model.columnCount(inside)) == (0, 0)


def test_the_first_rows_are_there_before_the_rest_is_counted(
    qtbot: QtBot, model: RecordsModel, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_FEW", 10)  # a small school is enough
    seen: list[tuple[int, bool]] = []
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.answered.connect(lambda: seen.append((model.rowCount(), model.found.counted)))
    model.answered.connect(lambda: model.row(PAGE - 1))  # near the end of what is there
    model.show(Query("student", words="学生"))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert (seen, len(resets)) == ([(PAGE, False), (300, True)], 1)
    model.row(PAGE)
    settled(qtbot, model)
    after = model.row(PAGE)
    assert after is not None
    assert after.record.called == f"学生{PAGE:05d}"
    row = model.row(3)
    assert row is not None
    records.save(work, row.record.but(phone="13800138000"))
    model.refresh()
    settled(qtbot, model)
    assert (seen[-1], len(resets)) == ((300, True), 1)

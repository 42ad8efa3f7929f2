"""The list on the screen: painted once an answer, lines shortened only where they must be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.list_drivers import school
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import workspace
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.records import RecordsModel
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.pages.lists import LISTINGS
from xqhz_desktop.ui.widgets.kit import CENTER, LEFT, RIGHT, Hand
from xqhz_desktop.ui.widgets.table import RecordsTable


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def table(qtbot: QtBot, tmp_path: Path) -> Iterator[RecordsTable]:
    pupils = [make(Student, name=f"学生{n:03d}", student_no=f"{n:03d}") for n in range(100)]
    work = school(tmp_path / "school", pupils)
    languages, search = Languages("zh_CN"), Search(work.store)
    columns = next(one for one in LISTINGS if one.kind == "student").every_column
    made = RecordsTable(RecordsModel(search, columns, languages.language), languages)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    _ask(qtbot, made, "")
    yield made
    search.close()
    workspace.close(work)


def _ask(qtbot: QtBot, table: RecordsTable, words: str) -> None:
    with qtbot.waitSignal(table.records.answered):
        table.records.show(Query("student", words))
    qtbot.wait(50)  # whatever Qt puts off


@pytest.mark.parametrize("words", ["学生0", "学生01", "学生012"])
def test_an_answer_is_painted_once(qtbot: QtBot, table: RecordsTable, words: str) -> None:
    paintings = Paintings()
    table.viewport().installEventFilter(paintings)
    _ask(qtbot, table, words)
    assert paintings.count == 1


def test_a_line_is_shortened_only_where_it_does_not_fit(qtbot: QtBot) -> None:
    hand = Hand(QFont(), size=14)
    name = "杭州星河智能制造有限公司 Xinghe 2026"
    width = hand.width(name)
    assert hand.fitting(name, width) == name
    short = hand.fitting(name, width / 2)
    assert short.endswith("…")
    assert name.startswith(short[:-1])
    assert hand.width(short) <= width / 2 + 1


@pytest.mark.parametrize(("place", "first"), [(LEFT, 0), (CENTER, 1), (RIGHT, 2)])
def test_a_line_stands_left_right_or_in_the_middle(qtbot: QtBot, place: float, first: int) -> None:
    image = QImage(90, 30, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    Hand(QFont(), size=14).write(painter, QRect(0, 0, 90, 30), "口", place)
    painter.end()
    inked = [x for x in range(90) for y in range(30) if image.pixelColor(x, y).lightness() < 128]
    assert inked
    assert {x // 30 for x in inked} == {first}

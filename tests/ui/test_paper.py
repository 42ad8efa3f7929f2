"""Papers in the window: what is drawn in strips is the page, and memory stays small."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from xqhz_desktop.ui.paper import Paper
from xqhz_desktop.ui.printing import chosen, printer_for
from xqhz_desktop.ui.widgets.tiles import ROWS, Tiles


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    """Five small pages, each with a bar at its own height."""
    file = tmp_path / "paper.pdf"
    canvas = Canvas(str(file), pagesize=(300, 200))
    for page in range(5):
        canvas.rect(50, 20 + 30 * page, 200, 15, fill=1)
        canvas.showPage()
    canvas.save()
    return Paper(file.read_bytes())


def test_every_page_is_as_large_as_its_sheet(paper: Paper) -> None:
    assert paper.sizes == (QSizeF(300, 200),) * 5


def test_a_page_has_white_ground_even_where_nothing_is_printed(paper: Paper) -> None:
    image = paper.strip(0, QSize(300, 200), 0, 200)
    assert image.pixelColor(0, 0) == QColor("white")
    assert image.pixelColor(150, 200 - 27) == QColor("black")


def test_strips_put_together_are_the_whole_page(paper: Paper) -> None:
    size = QSize(333, 222)
    whole = paper.strip(3, size, 0, size.height())
    joined = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(joined)
    for top in range(0, size.height(), 50):
        painter.drawImage(0, top, paper.strip(3, size, top, 50))
    painter.end()
    assert joined == whole


def test_pictures_of_pages_never_take_more_room_than_they_may(qtbot: QtBot, paper: Paper) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    width, height = 900, 600
    room = 3 * width * ROWS * 4
    tiles = Tiles(room, owner)
    tiles.show_paper(paper)
    target = QImage(width, height, QImage.Format.Format_RGB32)
    full = QRectF(0, 0, width, height)
    for page in range(paper.pages):
        painter = QPainter(target)
        tiles.paint(painter, page, full, full)
        painter.end()
        qtbot.waitUntil(lambda: tiles.idle)
        assert 0 < tiles.used <= room


def printer(paper: Paper, copies: int = 1) -> QPrinter:
    made = printer_for(paper, "Paper", copies)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    return made


def test_the_printer_is_set_to_the_sheet_before_anybody_is_asked(
    qtbot: QtBot, paper: Paper
) -> None:
    layout = printer(paper).pageLayout()
    assert layout.fullRectPoints().size() == QSize(300, 200)


def test_a_range_of_pages_prints_these_pages(qtbot: QtBot, paper: Paper) -> None:
    some = printer(paper)
    some.setPrintRange(QPrinter.PrintRange.PageRange)
    some.setFromTo(2, 3)
    assert chosen(some, paper.pages, 0) == [1, 2]


def test_the_current_page_is_the_one_in_front(qtbot: QtBot, paper: Paper) -> None:
    one = printer(paper)
    one.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert chosen(one, paper.pages, 4) == [4]


def test_copies_are_told_one_by_one_to_a_printer_that_cannot_count(
    qtbot: QtBot, paper: Paper
) -> None:
    twice = printer(paper, copies=2)
    assert not twice.supportsMultipleCopies()
    assert chosen(twice, 2, 0) == [0, 1, 0, 1]
    twice.setCollateCopies(False)
    assert chosen(twice, 2, 0) == [0, 0, 1, 1]


def test_the_last_page_comes_first_where_the_printer_stacks_so(qtbot: QtBot, paper: Paper) -> None:
    turned = printer(paper)
    turned.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen(turned, 3, 0) == [2, 1, 0]

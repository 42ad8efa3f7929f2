"""The reports page: what is seen is what is saved and printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import Major, School, SchoolClass
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Question
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.pages.reports import ReportsPage
from xqhz_desktop.ui.printing import printer_for
from xqhz_desktop.ui.tasks import Runner
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.segmented import Segmented

STUDENTS = 45
PHONE = "13800000000"


def school(students: int = STUDENTS) -> Iterator[Record]:
    """A school whose newest batch has one class with so many placements."""
    major = make(Major, name="机电一体化技术")
    room = make(SchoolClass, name="机电2301", major=major.id)
    host = make(Enterprise, name="青禾智能装备有限公司")
    batch = make(PlacementBatch, name="2024年春季岗位实习", start_date=date(2024, 3, 4))
    older = make(PlacementBatch, name="2023年春季岗位实习", start_date=date(2023, 3, 6))
    yield from (major, room, host, batch, older)
    for number in range(1, students + 1):
        student = make(
            Student,
            name="龙\ue000" if number == 45 else f"学生{number}",  # a character of no font
            student_no=f"2023{number:04}",
            school_class=room.id,
            phone=PHONE,
        )
        yield student
        yield make(
            Placement,
            student=student.id,
            enterprise=host.id,
            batch=batch.id,
            status=PlacementStatus.RUNNING,
        )


@dataclass
class ReportsDriver:
    """The page as a user meets it."""

    qtbot: QtBot
    context: Context
    heard: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.said.connect(lambda message, _undo: self.heard.append(message))
        self.drawn()

    @cached_property
    def page(self) -> ReportsPage:
        page = ReportsPage(self.context)
        self.qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        page.activateWindow()
        return page

    @property
    def data(self) -> bytes:
        """The bytes of the paper in view."""
        assert self.page.preview.paper is not None
        return self.page.preview.paper.data

    @property
    def text(self) -> str:
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(self.data)).pages)

    def drawn(self) -> None:
        """Wait until what was asked is in view."""
        page = self.page
        self.qtbot.waitUntil(lambda: page.settled, timeout=20_000)

    def pick(self, choice: Segmented, text: str) -> None:
        button = next(one for one in choice.findChildren(Button) if one.text() == text)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.drawn()

    def answer(self, name: str, text: str) -> None:
        """Type an answer and leave its editor."""
        line = self.page.questions.editors[name].core
        line.setText(text)
        line.editingFinished.emit()
        self.drawn()

    def dialog(self, kind: type) -> object:
        self.qtbot.waitUntil(lambda: any(one.isVisible() for one in self.page.findChildren(kind)))
        return next(one for one in self.page.findChildren(kind) if one.isVisible())

    def save_as(self, file: Path) -> None:
        """Press 另存 PDF and choose a file."""
        self.page.save()
        dialog = self.dialog(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        dialog.fileSelected.emit(str(file))  # as its Save button does
        dialog.reject()
        self.qtbot.waitUntil(lambda: bool(self.heard))

    def print_pdf(self, file: Path, *, stop: bool = False) -> UserError | None:
        """Print on a printer that writes a PDF; return how it ended."""
        page = self.page
        assert page.preview.paper is not None
        assert page.drawn is not None
        printer = printer_for(page.preview.paper, page.drawn.title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        printer.setResolution(72)
        job = page.outlet.print_to(page.drawn, page.preview.paper, printer)
        with self.qtbot.waitSignal(job.ended, timeout=20_000) as ended:
            if stop:
                job.handle.cancel()
        error: UserError | None = ended.args[0]
        return error


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    made = workspace.create(
        tmp_path / "school", School(name="清河职业技术学校"), person=Staff(name="周敏")
    )
    yield made
    workspace.close(made)


def keep(work: Work, *records: Record) -> None:
    with work.store.change(Message("Made for a test"), work.actor) as change:
        for one in records:
            change.put(one)


@pytest.fixture
def context(qtbot: QtBot, work: Work) -> Iterator[Context]:
    tasks = Runner()
    context = Context(work, Languages("en"), tasks)
    yield context
    tasks.shutdown()
    context.leave()


@pytest.fixture
def reports(qtbot: QtBot, work: Work, context: Context) -> ReportsDriver:
    keep(work, *list(school(44)))
    return ReportsDriver(qtbot, context)


def test_the_newest_batch_is_in_view_with_its_students_and_pages(reports: ReportsDriver) -> None:
    pages = len(PdfReader(BytesIO(reports.data)).pages)
    assert pages > 1
    assert reports.page.preview.paper.pages == pages  # type: ignore[union-attr]
    assert reports.page.questions.counted.text() == f"44 students, {pages} pages"
    assert reports.page.preview.count.text() == f"/ {pages}"
    assert "学生44" in reports.text


def test_another_language_of_the_paper_is_another_paper(reports: ReportsDriver) -> None:
    assert "Student Placement Register" not in reports.text
    reports.pick(reports.page.questions.output, "English")
    assert "Student Placement Register" in reports.text


def test_of_many_changes_in_a_row_the_last_one_stays(reports: ReportsDriver) -> None:
    for output in ("EN", "BILINGUAL", "EN"):
        reports.page.questions.output.choose(output)
        reports.page.refresh()
    reports.drawn()
    assert "Student Placement Register" in reports.text
    assert "花名册" not in reports.text


def test_a_saved_file_is_byte_for_byte_what_was_in_view(
    reports: ReportsDriver, tmp_path: Path
) -> None:
    reports.pick(reports.page.questions.output, "Both")
    file = tmp_path / "register.pdf"
    reports.save_as(file)
    assert file.read_bytes() == reports.data
    assert str(file) in str(reports.heard[-1])


def test_printing_gives_the_pages_that_were_in_view(reports: ReportsDriver, tmp_path: Path) -> None:
    file = tmp_path / "printed.pdf"
    assert reports.print_pdf(file) is None
    seen, printed = PdfReader(BytesIO(reports.data)), PdfReader(file)
    assert len(printed.pages) == len(seen.pages)
    for one, other in zip(printed.pages, seen.pages, strict=True):
        assert float(one.mediabox.width) == pytest.approx(float(other.mediabox.width), abs=1)
        assert float(one.mediabox.height) == pytest.approx(float(other.mediabox.height), abs=1)


def test_the_print_dialog_is_asked_without_stopping_the_program(reports: ReportsDriver) -> None:
    reports.page.print_out()
    dialog = reports.dialog(QPrintDialog)
    assert isinstance(dialog, QPrintDialog)
    assert dialog.maxPage() == len(PdfReader(BytesIO(reports.data)).pages)
    dialog.reject()


def test_a_print_that_is_stopped_ends_at_once(reports: ReportsDriver, tmp_path: Path) -> None:
    assert isinstance(reports.print_pdf(tmp_path / "stopped.pdf", stop=True), Cancelled)
    assert str(reports.heard[-1]) == "Printing was stopped."


def test_a_window_may_close_while_it_prints(reports: ReportsDriver, tmp_path: Path) -> None:
    page = reports.page
    assert page.drawn is not None
    assert page.preview.paper is not None
    printer = printer_for(page.preview.paper, page.drawn.title)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "half.pdf"))
    job = page.outlet.print_to(page.drawn, page.preview.paper, printer)
    with reports.qtbot.waitSignal(job.destroyed):
        page.outlet.deleteLater()
    assert not printer.paintEngine().isActive()


def test_ctrl_s_saves_and_f11_leaves_only_the_preview(reports: ReportsDriver) -> None:
    page = reports.page
    reports.qtbot.waitActive(page)
    reports.qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    reports.dialog(QFileDialog).reject()  # type: ignore[attr-defined]
    reports.qtbot.keyClick(page, Qt.Key.Key_F11)
    assert not page.questions.isVisible()
    reports.qtbot.keyClick(page, Qt.Key.Key_F11)
    assert page.questions.isVisible()


def test_a_folder_that_is_not_there_is_told_in_one_sentence(
    reports: ReportsDriver, tmp_path: Path
) -> None:
    reports.save_as(tmp_path / "gone" / "register.pdf")
    assert str(reports.heard[-1]) == (
        f"There is no folder “{tmp_path / 'gone'}”. Choose another one."
    )


def test_papers_for_public_notice_cover_phone_numbers_at_once(reports: ReportsDriver) -> None:
    assert PHONE in reports.text
    reports.pick(reports.page.questions.purpose, "Public")
    assert PHONE not in reports.text


def test_a_batch_without_students_leads_to_the_choice_of_another(
    qtbot: QtBot, work: Work, context: Context
) -> None:
    keep(work, *list(school(0)))
    reports = ReportsDriver(qtbot, context)
    assert reports.page.preview.explained
    assert reports.page.drawn is None
    reports.page.preview.empty.pressed.emit()
    qtbot.waitUntil(reports.page.questions.editors["batch"].core.hasFocus)


def test_answers_that_fit_nobody_can_be_taken_back(reports: ReportsDriver) -> None:
    reports.answer("on", "1999-01-01")
    assert reports.page.preview.explained
    reports.page.preview.empty.pressed.emit()
    reports.drawn()
    assert reports.page.drawn is not None


def test_an_answer_that_cannot_be_read_keeps_the_paper(reports: ReportsDriver) -> None:
    before = reports.data
    reports.page.questions.editors["on"].core.setText("soon")
    assert reports.page.questions.read() is None
    assert reports.data is before


def test_characters_no_font_has_are_told_before_a_paper_leaves(
    qtbot: QtBot, work: Work, context: Context
) -> None:
    keep(work, *list(school(45)))
    reports = ReportsDriver(qtbot, context)
    assert "\ue000" in reports.page.questions.missing.text()
    reports.page.save()
    question = reports.dialog(Question)
    assert isinstance(question, Question)
    question.yes.click()
    reports.dialog(QFileDialog).reject()  # type: ignore[attr-defined]


def test_a_student_placed_meanwhile_shows_up(reports: ReportsDriver, work: Work) -> None:
    with work.store.read() as reader:
        student = next(iter(reader.all("student", student_no="20230001")))
    keep(work, student.but(name="欧阳明月"))
    reports.qtbot.waitUntil(lambda: "欧阳明月" in reports.text, timeout=20_000)


def test_reports_are_found_by_pinyin_initials(reports: ReportsDriver) -> None:
    catalogue = reports.page.catalogue
    catalogue.search.setText("sxxs")
    assert catalogue.names == ["placement-register"]
    catalogue.search.setText("register")
    assert catalogue.names == ["placement-register"]
    catalogue.search.setText("zz")
    assert catalogue.names == []


def test_favourites_and_languages_are_remembered(reports: ReportsDriver) -> None:
    reports.pick(reports.page.questions.output, "Both")
    reports.page.star()
    reports.page.save()
    reports.dialog(QFileDialog).reject()  # type: ignore[attr-defined]
    again = ReportsDriver(reports.qtbot, reports.context)
    assert again.page.questions.output.value == "BILINGUAL"
    assert again.page.catalogue.headings == ["Favourites", "Registers"]


def test_the_page_box_and_zoom_move_through_the_paper(reports: ReportsDriver) -> None:
    preview = reports.page.preview
    preview.number.setText("2")
    preview.number.returnPressed.emit()
    assert preview.pages.front == 1
    before = preview.pages.zoom
    preview.pages.step_zoom(1)
    assert preview.pages.zoom > before
    assert preview.pages.front == 1


def test_a_narrow_window_keeps_the_choice_of_reports(reports: ReportsDriver) -> None:
    page = reports.page
    assert page.catalogue.isVisible()
    page.resize(800, 600)
    assert not page.catalogue.isVisible()
    assert page.pick.isVisible()

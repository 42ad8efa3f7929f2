"""The files of a record in the pane beside its list: dropped, pasted, looked at, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.list_drivers import ListPage, school
from xqhz_desktop.domain.attachment import DocumentType
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import attaching
from xqhz_desktop.ui.dialogs.file_preview import FilePreview
from xqhz_desktop.ui.pages.record_files import RecordFiles


class Pane:
    """The files of the one student there is."""

    def __init__(self, qtbot: QtBot, folder: Path, language: str) -> None:
        self.student = make(Student, name="张小河")
        work = school(folder / "school", (self.student,))
        self.page = ListPage(qtbot, work, "student", language=language)
        self.page.settle()
        bar = self.page.page.pane.related.tabs.bar
        bar.setCurrentIndex(bar.count() - 1)
        self.page.settle()

    @property
    def side(self) -> RecordFiles:
        return self.page.page.pane.files

    @property
    def tab(self) -> str:
        bar = self.page.page.pane.related.tabs.bar
        return bar.tabText(bar.count() - 1)

    @property
    def rows(self) -> list[str]:
        some = self.side.files.list
        return [some.item(row).text() for row in range(some.count())]

    def drop(self, *files: Path) -> None:
        urls = QMimeData()
        urls.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
        action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        no_key = Qt.KeyboardModifier.NoModifier
        self.side.files.dropEvent(QDropEvent(QPointF(9, 9), action, urls, button, no_key))
        self.page.settle()

    def stored(self) -> list[tuple[str, DocumentType]]:
        held = attaching.of_record(self.page.work, "student", self.student.id)
        return [(one.record.name, one.record.type) for one in held]


@pytest.fixture
def pane(qtbot: QtBot, tmp_path: Path) -> Iterator[Pane]:
    made = Pane(qtbot, tmp_path, "en")
    yield made
    made.page.close()


def picture(width: int = 40) -> bytes:
    image = QImage(width, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(data.data())


def test_files_dropped_on_the_pane_are_attached_and_counted(pane: Pane, tmp_path: Path) -> None:
    assert pane.tab == "Files"
    scan, photo = tmp_path / "三方协议.docx", tmp_path / "车间.png"
    scan.write_bytes(b"signed")
    photo.write_bytes(picture())
    pane.drop(scan, photo)
    assert pane.stored() == [
        ("三方协议.docx", DocumentType.AGREEMENT),
        ("车间.png", DocumentType.PHOTO),
    ]
    assert pane.tab == "Files 2"
    assert pane.rows[0].startswith("三方协议.docx\nAgreement | ")


def test_a_file_that_is_too_large_is_refused_and_the_others_are_attached(
    pane: Pane, tmp_path: Path
) -> None:
    video, scan = tmp_path / "培训.mp4", tmp_path / "保单.pdf"
    with video.open("wb") as stream:
        stream.truncate(300 << 20)
    scan.write_bytes(b"insured")
    pane.drop(video, scan)
    assert [name for name, _type in pane.stored()] == ["保单.pdf"]
    assert any("300 MB" in text for text, _undo in pane.page.said)


def test_a_picture_on_the_clipboard_is_pasted(pane: Pane) -> None:
    QGuiApplication.clipboard().setImage(QImage.fromData(picture()))
    pane.side.files.paste()
    pane.page.settle()
    ((name, type),) = pane.stored()
    assert name.startswith("Picture ")
    assert type is DocumentType.PHOTO


def test_a_picture_is_looked_at_in_the_window(pane: Pane, tmp_path: Path) -> None:
    photo = tmp_path / "车间.png"
    photo.write_bytes(picture(9000))
    pane.drop(photo)
    pane.side.files.preview.click()
    pane.page.settle()
    (dialog,) = pane.side.findChildren(FilePreview)
    assert dialog.isVisible()
    assert max(dialog.pages.grab().toImage().width(), 1) > 1
    dialog.reject()


def test_a_damaged_pdf_is_said_to_be_one(pane: Pane, tmp_path: Path) -> None:
    scan = tmp_path / "协议.pdf"
    scan.write_bytes(b"no pdf")
    pane.drop(scan)
    pane.side.files.preview.click()
    pane.page.settle()
    assert any("damaged" in text for text, _undo in pane.page.said)


def test_a_file_is_given_another_type_and_removed(pane: Pane, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"insured")
    pane.drop(scan)
    types = pane.side.files.types
    types.setCurrentIndex(types.findData(DocumentType.INSURANCE))
    types.activated.emit(types.currentIndex())
    pane.page.settle()
    assert pane.stored() == [("scan.pdf", DocumentType.INSURANCE)]
    pane.side.files.remove.click()
    pane.page.settle()
    assert pane.stored() == []
    assert pane.tab == "Files"


def test_a_file_that_is_not_here_yet_says_so(pane: Pane, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"insured")
    pane.drop(scan)
    (one,) = attaching.of_record(pane.page.work, "student", pane.student.id)
    attaching.contents(pane.page.work).place(one.record.sha256).unlink()
    pane.side.show_record("student", pane.student.id)
    pane.page.settle()
    assert "not here yet" in pane.rows[0]
    assert not pane.side.files.open.isEnabled()

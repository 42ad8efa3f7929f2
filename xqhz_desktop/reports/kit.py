"""What a report is: its questions and its story, told for one edition and written as a PDF."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

from reportlab.pdfbase.pdfdoc import PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.identity import masked
from xqhz_desktop.domain.records import Record, new_id
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Language, Message, language
from xqhz_desktop.reports.fonts import shipped
from xqhz_desktop.reports.pen import Pen
from xqhz_desktop.reports.table import Cell, Progress

Text = str | Message | Enum


class Output(Enum):
    """The language of a paper, chosen for every print and not by the window."""

    ZH_CN = N_("Chinese")
    EN = N_("English")
    BILINGUAL = N_("Chinese and English")


class Purpose(Enum):
    """Whom a paper is for; it decides what is covered."""

    INTERNAL = N_("For use in the school")
    REPORT = N_("For the authorities")
    PUBLIC = N_("For public notice")


@dataclass(frozen=True)
class Edition:
    """One printing of a report: in which language, for whom, by whom and on which day."""

    output: Output = Output.ZH_CN
    purpose: Purpose = Purpose.INTERNAL
    printed_by: str = ""
    printed_on: date = field(default_factory=date.today)

    @property
    def main(self) -> Language:
        """Return the language of the larger type."""
        return language("en" if self.output is Output.EN else "zh_CN")

    @property
    def second(self) -> Language | None:
        """Return the language of the smaller type, on bilingual papers only."""
        return language("en") if self.output is Output.BILINGUAL else None

    def pair(self, text: Text) -> Cell:
        """Return a text of the program as a cell: main language, and the second under it."""
        return self.main.say(text), self.second.say(text) if self.second else ""

    def names(self, name: str, english: str) -> Cell:
        """Return a name that is stored in Chinese and, where there is one, in English."""
        if self.output is Output.EN:
            return english or name, ""
        return name, english if self.second and english != name else ""

    def line(self, text: Text, between: str = " ") -> str:
        """Return a text on one line, in one language or both."""
        main, second = self.pair(text)
        return f"{main}{between}{second}" if second else main

    def fact(self, label: Text, value: str) -> str:
        """Return “label: value” on one line, the value as it is."""
        return self.main.say(Message("{label}: {value}", label=self.line(label), value=value))

    def day(self, day: date) -> str:
        """Return a day as papers write it: 2026年3月5日, in English 2026-03-05."""
        if self.output is Output.EN:
            return day.isoformat()
        return f"{day.year}年{day.month}月{day.day}日"

    def page_of(self, page: int, pages: int) -> str:
        """Return what stands at the foot of a page, counted from 1: 第 1 页 共 3 页."""
        text = Message("Page {page} of {pages}", page=str(page), pages=str(pages))
        return self.line(text, between="　")

    def shown(self, described: Field, value: str) -> str:
        """Return a value of a field, covered if it is private and the paper is public."""
        hidden = described.private and self.purpose is Purpose.PUBLIC
        return masked(value) if hidden and value else value


class Document(Protocol):
    """A paper ready to be drawn."""

    @property
    def title(self) -> str:
        """Return the title, for the properties of the PDF."""

    @property
    def author(self) -> str:
        """Return who issues the paper: the school."""

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the page in points."""

    @property
    def told(self) -> int:
        """Return how many the paper tells of, in the unit its report counts in."""

    def draw(self, pen: Pen, progress: Progress) -> int:
        """Draw every page and return how many there are."""


@dataclass(frozen=True)
class Report:
    """A report: the form and the options are made from ``asks``, the paper by ``tell``.

    ``tell`` takes a reader (a protocol beside each report), an answer (a record of ``asks``)
    and the edition.
    """

    name: str
    title: str
    asks: type[Record]
    tell: Callable[[Any, Any, Edition], Document]
    group: str
    """The heading it stands under in the catalogue."""
    counted: tuple[str, str]
    """What it tells of, with its plural: “{n} student”, “{n} students”."""


@dataclass(frozen=True)
class Printed:
    """A paper: its bytes, its pages, and characters no font has, with how often."""

    data: bytes
    pages: int
    missing: dict[str, int]
    told: int
    """How many the paper tells of, in the unit its report counts in."""


def quiet(_done: int, _total: int) -> None:
    """Take progress and do nothing."""


def printed(document: Document, edition: Edition, progress: Progress = quiet) -> Printed:
    """Return a paper as a PDF; ``progress`` is told (done, total) and may raise ``Cancelled``."""
    shipped()
    stream = io.BytesIO()
    canvas = Canvas(
        stream,
        pagesize=document.size,
        pageCompression=0,
        pdfVersion=(1, 7),
        lang=edition.main.code.replace("_", "-"),
        initialFontName="Song",
    )
    # compressed, but without the detour over base 85 that ReportLab's own switch takes
    canvas._doc.defaultStreamFilters = [PDFZCompress]
    canvas.setTitle(document.title)
    canvas.setAuthor(document.author)
    canvas.setSubject(edition.main.say(edition.purpose))
    canvas.setKeywords(f"XQHZ; {edition.output.name}; {edition.printed_on.isoformat()}")
    canvas.setCreator("XQHZ Desktop")
    pen = Pen(canvas)
    pages = document.draw(pen, progress)
    canvas.save()
    return Printed(stream.getvalue(), pages, dict(pen.missing), document.told)


def put(data: bytes, path: Path) -> None:
    """Write a file whole or not at all; raise UserError where it cannot be written."""
    part = path.with_name(f".{new_id()}.part")
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise UserError(_reason(error, path), code="CANNOT_WRITE") from error


def file_name(title: str, edition: Edition) -> str:
    """Return a name for the PDF that every system accepts: 实习学生花名册 2026-03-05.pdf."""
    plain = re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", title).strip(" .") or "report"
    return f"{plain[:80]} {edition.printed_on.isoformat()}.pdf"


def _reason(error: OSError, path: Path) -> Message:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return Message(
                "The disk is full. Free some space or save “{file}” on another disk.",
                file=path.name,
            )
        case errno.ENOENT | errno.ENOTDIR:
            return Message(
                "There is no folder “{folder}”. Choose another one.", folder=str(path.parent)
            )
    return Message(
        "“{file}” cannot be written here. Close it if it is open in another program, or choose "
        "another folder.",
        file=path.name,
    )

"""Scans of our own papers filed by their QR codes; what has none waits for somebody to say."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xqhz_desktop.domain.attachment import Attachment, DocumentType
from xqhz_desktop.domain.marker import Mark
from xqhz_desktop.errors import ReadOnly, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.reports import scans
from xqhz_desktop.services import attaching, merging, records
from xqhz_desktop.services.attaching import Given
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import attachments
from xqhz_desktop.storage.store import Reader

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sheet:
    """One scanned page: where it came from, to which record it goes, and what that is called."""

    file: str
    number: int
    origin: str
    """Tells a page again: the SHA-256 of its file, shortened, and its number."""
    ending: str
    data: bytes
    preview: bytes
    mark: Mark | None = None
    kind: str = ""
    record: str = ""
    called: str = ""
    type: DocumentType = DocumentType.OTHER
    filed: bool = False
    """It was filed before."""

    @property
    def ready(self) -> bool:
        """Tell whether the page can be filed."""
        return bool(self.record) and not self.filed


@dataclass(frozen=True)
class Stack:
    """What was read: the pages in their order, and why other files were refused."""

    sheets: tuple[Sheet, ...]
    refused: tuple[Message, ...]


def found(folder: Path) -> list[Path]:
    """Return the scans of a folder, the oldest first; a folder that is gone has none."""
    try:
        some = [one for one in folder.iterdir() if one.suffix.lower() in scans.ENDINGS]
        return sorted(some, key=lambda one: (one.stat().st_mtime, one.name))
    except OSError:
        return []


def read(work: Work, files: Sequence[Path], progress: Progress | None = None) -> Stack:
    """Read scans page by page; a file that cannot be read holds up no others."""
    sheets, refused = list[Sheet](), list[Message]()
    for done, file in enumerate(files):
        if progress:
            progress(done, len(files))
        try:
            hash = _hash(file)
            for page in scans.pages(file):
                origin = f"scan {hash} {page.number}"
                sheet = Sheet(file.name, page.number, origin, page.ending, page.data, page.preview)
                sheets.append(replace(sheet, mark=page.mark))
                if progress:
                    progress(done, len(files))
        except UserError as error:
            refused.append(error.message)
    with work.store.read() as reader:
        told = _told(reader, sheets)
    return Stack(tuple(told), tuple(refused))


def assign(work: Work, sheet: Sheet, kind: str, record: str) -> Sheet:
    """Return a page that goes to a record somebody chose."""
    with work.store.read() as reader:
        called = reader.names(kind, [record]).get(record, "")
    return replace(sheet, kind=kind, record=record, called=called)


def file(work: Work, sheets: Iterable[Sheet]) -> list[Attachment]:
    """Attach the pages that can be filed to their records, as one step.

    Raises UserError for a page too large to be kept, ReadOnly where nothing may be written.
    """
    ready = [one for one in sheets if one.ready]
    if work.read_only:
        raise ReadOnly(Message("This workspace is open for reading only; nothing was changed."))
    made = []
    for one in ready:
        name = f"{Path(one.file).stem}-{one.number:03}{one.ending}"
        attachments.check(name, len(one.data))
        given = Given(name, one.data, one.type, one.origin)
        made.append(attaching.kept(work, one.kind, one.record, given))
    text = NN_("{n} scanned page filed", "{n} scanned pages filed")
    if made:
        records.save_all(work, made, Message(text, n=len(made)))
    return made


def _told(reader: Reader, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return pages with the records their marks name, and which were filed before."""
    rows = reader.cursor.execute("SELECT note FROM attachment WHERE note LIKE 'scan %'")
    filed = {note for (note,) in rows.fetchall()}
    marks = {one.mark for one in sheets if one.mark is not None}
    records = {mark: merging.resolve(reader, mark.kind, mark.record) for mark in marks}
    names = dict[str, str]()
    for kind in {mark.kind for mark in marks}:
        ids = [id for mark, id in records.items() if mark.kind == kind]
        names |= {id: name or "—" for id, name in reader.names(kind, ids).items()}
    told = []
    for one in sheets:
        one = replace(one, filed=one.origin in filed)
        if one.mark is not None and (called := names.get(records[one.mark])):
            mark, record = one.mark, records[one.mark]
            one = replace(one, kind=mark.kind, record=record, called=called, type=mark.type)
        told.append(one)
    return told


def _hash(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()[:24]
    except OSError as error:
        raise UserError(Message("The file {file} cannot be read.", file=str(file))) from error

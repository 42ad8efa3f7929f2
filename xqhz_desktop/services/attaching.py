"""Files attached to records: kept once, opened as copies, asked for where only the name is here.

A file is shown with its record: whoever removes a record and brings it back has its files again.
"""

from __future__ import annotations

import mimetypes
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.alias import Alias
from xqhz_desktop.domain.attachment import Attachment, DocumentType
from xqhz_desktop.errors import BadFile, NotFound, ReadOnly, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import records
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import attachments
from xqhz_desktop.storage.attachments import Blobs
from xqhz_desktop.storage.store import Reader

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"})
"""Endings of pictures the window can show."""

_OPENED = PICTURES | {
    ".pdf", ".ofd", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".csv", ".ppt", ".pptx",
    ".dps", ".txt", ".rtf", ".odt", ".ods", ".odp", ".tif", ".tiff", ".heic", ".mp3", ".wav",
    ".mp4", ".zip", ".rar", ".7z",
}  # fmt: skip
"""Endings the system may open; whatever else came in a package could be a program."""

_TYPES = {
    DocumentType.AGREEMENT: "协议|合同|agreement|contract",
    DocumentType.CONSENT: "同意|知情|承诺|consent",
    DocumentType.INSURANCE: "保险|保单|insurance",
    DocumentType.TRAINING: "培训|教育|training",
    DocumentType.ASSESSMENT: "考核|评价|鉴定|assessment",
    DocumentType.REPORT: "报告|总结|周记|日志|report",
    DocumentType.CERTIFICATE: "证书|执照|资质|许可|certificate|licence|license",
}
"""Words in the names of files, by what such a file mostly is."""

_COPIES = "xqhz-files-"


@dataclass(frozen=True)
class Given:
    """A file to be attached: its name and its content."""

    name: str
    data: bytes
    type: DocumentType
    note: str = ""


@dataclass(frozen=True)
class Held:
    """A file of a record; not ``here``: only its name is, the file comes with a package."""

    record: Attachment
    here: bool
    version: int = 1
    """Files of one name are versions of one paper, counted from the oldest."""
    versions: int = 1
    """How many versions of it there are."""


@dataclass(frozen=True)
class Brought:
    """What became of files that were to be attached: the records, and why others were refused."""

    made: tuple[Attachment, ...]
    refused: tuple[Message, ...]


def from_disk(file: Path, type: DocumentType | None = None) -> Given:
    """Read a file to be attached; raise UserError where it is too large, empty or unreadable."""
    return Given(file.name, attachments.content(file), type or usual_type(file.name))


def bring(work: Work, kind: str, id: str, paths: Iterable[Path]) -> Brought:
    """Attach files of the disk to a record as one step; those refused hold up no others."""
    given, refused = list[Given](), list[Message]()
    for path in paths:
        try:
            given.append(from_disk(path))
        except UserError as error:
            refused.append(error.message)
    made = attach(work, kind, id, given) if given else []
    return Brought(tuple(made), tuple(refused))


def pasted(name: str, data: bytes) -> Given:
    """Return something pasted as a file to be attached; raise UserError as `from_disk` does."""
    attachments.check(name, len(data))
    return Given(name, data, usual_type(name))


def usual_type(name: str) -> DocumentType:
    """Return what a file of this name mostly is."""
    for type, words in _TYPES.items():
        if re.search(words, name, re.IGNORECASE):
            return type
    photo = Path(name).suffix.lower() in PICTURES
    return DocumentType.PHOTO if photo else DocumentType.OTHER


def attach(work: Work, kind: str, id: str, some: Iterable[Given]) -> list[Attachment]:
    """Attach files to a record as one step; what it has already is not attached twice.

    Another content under a name it has already is a newer version; the older ones stay.
    """
    given = list(some)
    with work.store.read() as reader:
        owner = reader.names(kind, [id]).get(id)
        known = {one.record.sha256: one.record for one in files(reader, work, kind, id)}
    if owner is None:
        raise NotFound(Message("This record does not exist any more."), code="NOT_FOUND")
    for one in given:
        attachments.check(one.name, len(one.data))
    if work.read_only:  # before a content is kept that nothing names
        raise ReadOnly(Message("This workspace is open for reading only; nothing was changed."))
    made = [known.get(one.sha256, one) for one in (kept(work, kind, id, one) for one in given)]
    title = Message("Attached to {name}: {files}", name=owner, files=[one.name for one in made])
    records.save_all(work, made, title)
    return made


def files(reader: Reader, work: Work, kind: str, id: str) -> list[Held]:
    """Return the files of a record, those of records merged into it too, the oldest first."""
    blobs, found = contents(work), list[Held]()
    for owner in _owners(reader, kind, id):
        for one in reader.all(Attachment.KIND, of_kind=kind, owner=owner):
            assert isinstance(one, Attachment)
            found.append(Held(one, blobs.has(one.sha256)))
    found.sort(key=lambda one: (one.record.day or date.min, one.record.id))
    return _numbered(found)


def of_record(work: Work, kind: str, id: str) -> list[Held]:
    """Return the files of a record."""
    with work.store.read() as reader:
        return files(reader, work, kind, id)


def find(work: Work, id: str) -> Attachment:
    """Return an attachment by its id; raise NotFound."""
    with work.store.read() as reader:
        found = reader.get(Attachment.KIND, id)
    if not isinstance(found, Attachment):
        raise NotFound(Message("This file does not exist any more."), code="NOT_FOUND")
    return found


def read(work: Work, one: Attachment) -> bytes:
    """Return the content of a file; raise UserError where it is not here or was changed."""
    blobs = contents(work)
    try:
        return blobs.read(one.sha256)
    except BadFile:
        if not work.read_only:
            blobs.put_aside(one.sha256)
        raise


def remove(work: Work, id: str) -> int:
    """Remove a file from its record as one step; its content stays, so that it can come back."""
    return records.remove(work, Attachment.KIND, [id])


def save_copy(work: Work, id: str, target: Path, *, replace: bool = False) -> Path:
    """Write a copy of a file into a folder or to a file, which is replaced only if `replace`."""
    one = find(work, id)
    place = target / safe_name(one.name) if target.is_dir() else target
    if place.exists() and not replace:
        raise UserError(
            Message("There is already a file {file}. Choose another name.", file=str(place)),
            code="EXISTS",
        )
    attachments.write(place, read(work, one))
    return place


class Copies:
    """Copies for other programs to open, in a folder only this user can read; gone afterwards."""

    def __init__(self) -> None:
        """Clear what a crash left behind; the folder is made with the first copy."""
        self._folder: Path | None = None
        for old in Path(tempfile.gettempdir()).glob(f"{_COPIES}*"):
            with suppress(OSError):
                if time.time() - old.stat().st_mtime > 24 * 3600:
                    shutil.rmtree(old)

    def copy(self, work: Work, id: str) -> Path:
        """Return a copy that can be read only; raise UserError for what could be a program."""
        one = find(work, id)
        name = safe_name(one.name)
        if Path(name).suffix.lower() not in _OPENED:
            raise UserError(
                Message(
                    "{name} is no document and is not opened from here. Save a copy if you trust "
                    "whoever attached it.",
                    name=one.name,
                )
            )
        data = read(work, one)
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=_COPIES))
        place = self._folder / id / name
        if not place.exists():
            attachments.write(place, data)
            place.chmod(0o400)  # what is typed into a copy would be lost
        return place

    def clear(self) -> None:
        """Remove the copies, as far as no program holds them."""
        if self._folder is not None:
            for place in self._folder.glob("*/*"):
                place.chmod(0o600)  # Windows removes nothing that can be read only
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def safe_name(name: str) -> str:
    """Return a file name every system takes, and that leads into no other folder."""
    bare = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", name).strip(" .") or "file"
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:20]}" if dot else bare[:100]


def contents(work: Work) -> Blobs:
    """Return where the contents of a workspace lie."""
    return Blobs(work.store.file.parent, work.store.key)


def missing(work: Work, reader: Reader) -> list[str]:
    """Return the SHA-256 of files whose names are here and whose contents are not."""
    blobs = contents(work)
    return sorted(hash for hash in attachments.named(reader.cursor) if not blobs.has(hash))


def _numbered(some: list[Held]) -> list[Held]:
    """Return files with their versions: those of one name, the oldest first."""
    names = Counter(one.record.name.casefold() for one in some)
    seen = Counter[str]()
    numbered = []
    for one in some:
        name = one.record.name.casefold()
        seen[name] += 1
        numbered.append(replace(one, version=seen[name], versions=names[name]))
    return numbered


def _owners(reader: Reader, kind: str, id: str) -> list[str]:
    """Return a record and all that were merged into it."""
    owners = [id]
    for owner in owners:  # it grows while it is walked through
        some = reader.all(Alias.KIND, of_kind=kind, kept=owner)
        dropped = [one.dropped for one in some if isinstance(one, Alias)]
        owners += [other for other in dict.fromkeys(dropped) if other not in owners]
    return owners


def kept(work: Work, kind: str, id: str, given: Given) -> Attachment:
    """Keep the content of a file and return its record, which is not stored yet."""
    mime, _encoding = mimetypes.guess_type(given.name)
    return Attachment(
        of_kind=BY_KIND[kind].KIND,
        owner=id,
        name=safe_name(given.name),
        type=given.type,
        sha256=contents(work).put(given.data),
        size=len(given.data),
        mime=mime or "application/octet-stream",
        day=date.today(),
        note=given.note,
    )

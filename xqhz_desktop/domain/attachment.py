"""Files attached to records: what is known of each; its content lies beside the database."""

from __future__ import annotations

from datetime import date
from enum import Enum

from xqhz_desktop.domain.fields import choice, code, day, note, number, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class DocumentType(Enum):
    """What a file is good for."""

    AGREEMENT = N_("Agreement")
    CONSENT = N_("Letter of consent")
    INSURANCE = N_("Insurance policy")
    TRAINING = N_("Training record")
    ASSESSMENT = N_("Assessment form")
    REPORT = N_("Written report")
    CERTIFICATE = N_("Certificate")
    PHOTO = N_("Photo")
    OTHER = N_("Other file")


def _hash(text: str) -> Message | None:
    """Refuse what is no SHA-256: it names the file on disk."""
    if len(text) == 64 and set(text) <= set("0123456789abcdef"):
        return None
    return Message("This is not the SHA-256 of a file.")


@record("attachment", N_("Attachment"), N_("Attachments"), keys=(("owner",),))
class Attachment(Record):
    """A file of any record, by the SHA-256 of its content (64 hex): the same file is kept once."""

    of_kind: str = code(N_("Kind of record"), required=True)
    owner: str = code(N_("Record it belongs to"), required=True)
    name: str = text(N_("File name"), required=True)
    type: DocumentType = choice(N_("Type of document"), DocumentType, default=DocumentType.OTHER)
    sha256: str = code(N_("Content (SHA-256)"), required=True, limit=64, check=_hash)
    size: int | None = number(N_("Size in bytes"), required=True, tally=False)
    mime: str = code(N_("Media type"), limit=120)
    day: date | None = day(N_("Day"))
    note: str = note(N_("Note"))

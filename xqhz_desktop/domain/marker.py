"""The mark our own papers carry, so that their scans find their records: kind, record, form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.attachment import DocumentType

_TEXT = re.compile(r"XQHZ1/([a-z_]{1,40})/([0-9a-f]{32})/([a-z0-9_]{1,30})")

FORMS = {
    "agreement": DocumentType.AGREEMENT,
    "consent": DocumentType.CONSENT,
    "application": DocumentType.OTHER,
    "insurance": DocumentType.INSURANCE,
    "training": DocumentType.TRAINING,
    "assessment": DocumentType.ASSESSMENT,
    "report": DocumentType.REPORT,
    "visit": DocumentType.OTHER,
}
"""What a filed scan of a form is; forms that are not named here are other files."""


@dataclass(frozen=True)
class Mark:
    """To which record a page belongs, and which form it is.

    The text is plain and holds no personal data: whoever reads it with a phone learns an id.
    """

    kind: str
    record: str
    form: str

    @property
    def text(self) -> str:
        """Return what the QR code says."""
        return f"XQHZ1/{self.kind}/{self.record}/{self.form}"

    @property
    def type(self) -> DocumentType:
        """Return what a scan of the form is."""
        return FORMS.get(self.form, DocumentType.OTHER)


def parse(text: str) -> Mark | None:
    """Return the mark a code says, None for any other code."""
    found = _TEXT.fullmatch(text.strip())
    if not found or found[1] not in BY_KIND:
        return None
    return Mark(found[1], found[2], found[3])

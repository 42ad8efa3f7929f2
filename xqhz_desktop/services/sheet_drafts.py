"""Drafts of sheets people type into: what was marked and not saved before the program ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from xqhz_desktop.services import drafts
from xqhz_desktop.services.rosters import Scope
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import drafts as stored
from xqhz_desktop.storage.drafts import Draft

Texts = Mapping[str, Mapping[str, str]]
"""Texts by placement and field."""


@dataclass(frozen=True)
class LeftSheet:
    """A sheet an earlier opening left: which one, what was typed, when and by whom."""

    draft: Draft
    scope: Scope
    about: str
    """What else names the sheet, such as its month."""
    texts: Texts
    at: datetime
    by: str

    @property
    def cells(self) -> int:
        """Return how many cells were typed into."""
        return sum(map(len, self.texts.values()))


def begun(work: Work, kind: str, scope: Scope, about: str) -> Draft:
    """Return an empty draft of a sheet of some kind."""
    cells = {"batch": scope.batch, "class": scope.school_class, "enterprise": scope.enterprise}
    return replace(drafts.begun(work, kind, about, new=True), cells=cells)


def typed(draft: Draft, texts: Texts) -> Draft:
    """Return the draft with these texts."""
    flat = {f"{key} {field}": text for key, cells in texts.items() for field, text in cells.items()}
    return replace(draft, typed=flat)


def left(work: Work, kind: str) -> LeftSheet | None:
    """Return the newest sheet of a kind that an earlier opening left, if any."""
    if work.read_only:
        return None
    with work.store.read() as reader:
        some = stored.kept(reader.cursor, kind)
        draft = next((one for one in some if one.session != work.store.session), None)
        if draft is None:
            return None
        by = reader.names("staff", [draft.person]).get(draft.person, "")
    cells = draft.cells
    scope = Scope(*(str(cells.get(name) or "") for name in ("batch", "class", "enterprise")))
    texts: dict[str, dict[str, str]] = {}
    for place, text in draft.typed.items():
        key, _blank, field = place.partition(" ")
        texts.setdefault(key, {})[field] = text
    at = datetime.fromtimestamp(draft.at / 1000)
    return LeftSheet(draft, scope, draft.record, texts, at, by)

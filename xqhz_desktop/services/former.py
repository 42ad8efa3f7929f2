"""What merged records were found by before: old numbers still lead to the record that was kept."""

from __future__ import annotations

from xqhz_desktop.domain.alias import Alias
from xqhz_desktop.services.merging import resolve
from xqhz_desktop.storage import journal, past
from xqhz_desktop.storage.store import Reader

FIELDS = {"student": ("student_no", "id_no"), "enterprise": ("uscc",)}
"""Fields of each kind by which records are found; former names stand in the enterprise itself."""


def present(reader: Reader) -> dict[tuple[str, str], str]:
    """Return the present student numbers and ID numbers by field and number merged away."""
    found = keys(reader, "student")
    kept = {one.id: one.values() for one in reader.some("student", found.values())}
    return {
        (field, value): str(kept[id][field])
        for (field, value), id in found.items()
        if id in kept and kept[id][field]
    }


def keys(reader: Reader, kind: str) -> dict[tuple[str, str], str]:
    """Return the ids of kept records by field and value of those merged into them.

    A merge whose steps this computer never saw tells nothing.
    """
    found: dict[tuple[str, str], str] = {}
    for alias in reader.all("alias", of_kind=kind):
        assert isinstance(alias, Alias)
        number = past.made_in(reader.cursor, "alias", alias.id)
        for entry in journal.entries(reader.cursor, number, record=alias.dropped):
            for field in FIELDS.get(kind, ()):
                value = (entry.before or {}).get(field)
                if value:
                    kept = resolve(reader, kind, alias.kept)
                    found.setdefault((field, str(value)), kept)
    return found

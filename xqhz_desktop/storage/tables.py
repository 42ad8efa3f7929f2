"""What is known of the tables without SQLAlchemy: versions, names, indexes (see `schema`)."""

from __future__ import annotations

from xqhz_desktop.domain.records import Record, references

KNOWN = ("0001",)
"""Every migration this program knows, oldest first."""

HEAD = KNOWN[-1]


def indexed(entity: type[Record]) -> list[str]:
    """Return the fields with an index: references, keys, and choices that lists filter by."""
    choices = {name for name, one in entity.FIELDS.items() if one.choices and one.column}
    return sorted({*references(entity), *choices, *(name for key in entity.KEYS for name in key)})


def keys_table(kind: str) -> str:
    """Return the name of the table of search keys of a kind."""
    return f"{kind}_keys"


def index_table(kind: str) -> str:
    """Return the name of the full-text index of a kind."""
    return f"{kind}_fts"

"""What an editor offers while somebody types: codes of a table, records of a kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from xqhz_desktop.domain import BY_KIND, codes
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.school import Department
from xqhz_desktop.i18n import Language
from xqhz_desktop.storage import queries, search
from xqhz_desktop.storage.queries import Query, Row, Where
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.ui.models.columns import BETWEEN

MOST = 12
"""Offers shown at once."""


@dataclass(frozen=True)
class Offer:
    """A value, the word for it, and what tells it from its namesakes."""

    value: str
    word: str
    beside: str = ""


def offered_codes(field: Field, words: str, lang: Language) -> list[Offer]:
    """Return codes of a table whose code begins with, or whose name or pinyin holds, the words."""
    term = unicodedata.normalize("NFKC", words).strip().lower()
    matching = (code for code, keys in _spelled(field.target) if _fits(term, code, keys))
    return [Offer(code, field.show(code, lang), code) for code in islice(matching, MOST)]


def offered_records(
    reader: Reader, kind: str, words: str, where: tuple[Where, ...] = ()
) -> list[Offer]:
    """Return records of a kind that words find, in name order."""
    found = queries.first(reader, Query(kind, words, where), MOST)
    rows = queries.rows(reader, kind, found.rows[:MOST])
    return [_offer(row) for row in rows if row]


def _offer(row: Row) -> Offer:
    """Namesakes are normal: number and class, or code and what it belongs to, tell them apart."""
    record = row.record
    number = next((str(getattr(record, name)) for name in _numbers(record.KIND)), "")
    links = [name for path, name in row.names.items() if name and "." not in path][:2]
    called = row.names.get(record.TITLE) or record.called
    return Offer(record.id, called, BETWEEN.join(filter(None, (number, *links))))


def _numbers(kind: str) -> tuple[str, ...]:
    keys = [key[0] for key in BY_KIND[kind].KEYS if len(key) == 1]
    return tuple(name for name in keys if name not in ("name", "id_no"))[:1]


def _fits(term: str, code: str, keys: str) -> bool:
    if not term or code.lower().startswith(term):
        return True
    return (search.SEPARATOR + term if term.isascii() else term) in keys


@cache
def _spelled(table: str) -> tuple[tuple[str, str], ...]:
    """Return each code of a table with the keys its name is found by; made when first needed."""
    return tuple(_keys(table))


def _keys(table: str) -> Iterator[tuple[str, str]]:
    for one in codes.codes(table).values():
        english = f"{search.SEPARATOR}{one.name_en.lower()}" if one.name_en else ""
        # A department's name is spelled as any name that is not a person's.
        yield one.code, english + search.keys(Department(name=codes.name(table, one.code, "zh_CN")))

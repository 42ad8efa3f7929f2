"""What an authority's platform would refuse in a row, or doubt, before anybody uploads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from xqhz_desktop.domain import identity
from xqhz_desktop.i18n import Message
from xqhz_desktop.spreadsheets.adapters import Adapter, Column, Rule

VALID: dict[str, Callable[[str], Message | None]] = {
    "id": identity.id_problem,
    "uscc": identity.uscc_problem,
    "phone": identity.phone_problem,
    "isbn": identity.isbn_problem,
}
"""Numbers whose check digit or shape can be verified, by name."""


@dataclass(frozen=True)
class Doubt:
    """What is wrong in one column. `refuse`: the row would come back; else it is worth a look."""

    column: str
    message: Message
    refuse: bool = True


def blank_columns(adapter: Adapter) -> list[Doubt]:
    """Return what is wrong with whole columns: those this version cannot fill."""
    text = Message("This version does not record this yet: the column stays blank.")
    return [Doubt(column.header, text, column.required) for column in adapter.blank]


def row_doubts(
    adapter: Adapter, texts: Mapping[str, str], unknown: Collection[str]
) -> Iterator[Doubt]:
    """Return what is wrong in a row of texts by header; `unknown`: headers of unknown values."""
    for column in adapter.columns:
        if not column.later:
            found = _cell(column, texts[column.header], known=column.header not in unknown)
            if found is not None:
                yield found
    for rule in adapter.rules:
        found = _rule(adapter, rule, texts)
        if found is not None:
            yield found


def _cell(column: Column, text: str, *, known: bool) -> Doubt | None:
    header = column.header
    if not known:
        said = Message("This is not known yet: “{word}” is written.", word=text)
        return Doubt(header, said, refuse=False)
    if not text:
        return Doubt(header, Message("This must be filled in.")) if column.required else None
    if column.length and len(text) > column.length:
        return Doubt(header, Message("At most {n} characters are taken.", n=column.length))
    if column.allowed and text not in column.allowed:
        known_words = list(column.allowed)
        return Doubt(
            header, Message("“{value}” is not taken, only: {known}.", value=text, known=known_words)
        )
    if column.pattern and not re.fullmatch(column.pattern, text):
        return Doubt(header, Message("“{value}” is not written as the form asks.", value=text))
    problem = VALID[column.valid](text) if column.valid else None
    return Doubt(header, problem) if problem else None


def _rule(adapter: Adapter, rule: Rule, texts: Mapping[str, str]) -> Doubt | None:
    text = texts[rule.column]
    if rule.name == "order":
        early = text and texts[rule.after] and text < texts[rule.after]
        said = Message("This is before “{column}”.", column=rule.after)
        return Doubt(rule.column, said) if early else None
    if text or any(one.header == rule.column for one in adapter.blank):
        return None  # a column this version cannot fill is named once, not in every row
    for header, words in rule.when.items():
        if texts[header] in words:
            said = Message(
                "This must be filled in where “{column}” is “{word}”.",
                column=header,
                word=texts[header],
            )
            return Doubt(rule.column, said)
    return None

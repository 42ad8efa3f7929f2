"""The school's own fields in the database: their definitions, and how their values are found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xqhz_desktop.domain.cells import OWN
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.own import OWNERS, Definitions, OwnChoice, OwnField, in_order
from xqhz_desktop.i18n import Bilingual
from xqhz_desktop.storage.codec import Cell, columns, from_cells, own_cells, value_of

_ID = re.compile(r"own:[0-9a-f]{32}")

_TELLING = ("search", "retired", "type", "own_list", "of_kind")
"""What of a definition decides by which words records are found."""

_NAMED = ("name", "name_en")
"""Of a choice, and of a field that is ticked, the names decide too."""

Changed = tuple[str, Sequence[Cell] | None, Sequence[Cell] | None]
"""A kind with the cells of one of its records before and after a change."""


def definitions(cursor: Any) -> Definitions:
    """Return the own fields of a workspace; one question where there are none."""
    fields = _all(cursor, OwnField.KIND)
    return Definitions(fields, _all(cursor, OwnChoice.KIND)) if fields else Definitions()


def known(name: str) -> bool:
    """Tell whether a name is made as those of own fields are, so that it can stand in SQL."""
    return bool(_ID.fullmatch(name))


def column(name: str, alias: str) -> str:
    """Return the SQL that reads an own field of the record ``alias``, NULL where it is empty."""
    assert known(name), name
    return f"json_extract({alias}.own, '$.\"{name.removeprefix(OWN)}\"')"


def searched(cursor: Any, kind: str) -> tuple[Field, ...]:
    """Return the own fields of a kind that go into the search index."""
    return tuple(one for one in definitions(cursor).of(kind).values() if one.search)


def texts(fields: Iterable[Field], own: Cell) -> list[str]:
    """Return what a record is found by in these own fields; `own` is the cell they are kept in."""
    found: list[str] = []
    cells = own_cells(own)
    for field in fields:
        cell = cells.get(field.name.removeprefix(OWN))
        if cell is None:
            continue
        value = value_of(field, cell)
        match field.kind:
            case Kind.FLAG:
                found += _both(field.label)
            case Kind.CHOICE:
                found += _both(getattr(value, "value", ""))
            case _:
                found.append(str(value))
    return found


def touched(cursor: Any, changes: Iterable[Changed]) -> dict[str, set[str]]:
    """Return the searched own fields, by kind, that these changes of definitions concern."""
    found: dict[str, set[str]] = defaultdict(set)
    lists: set[Cell] = set()
    for kind, before, after in changes:
        states = [dict(zip(columns(kind), one, strict=True)) for one in (before, after) if one]
        by_name = kind == OwnChoice.KIND or any(one.get("type") == "FLAG" for one in states)
        telling = (*_TELLING, *_NAMED) if by_name else _TELLING
        told = [[one.get(name) for name in telling] for one in states]
        if len(told) == 2 and told[0] == told[1]:
            continue
        for values in states:
            if kind == OwnChoice.KIND:
                lists.add(values["own_list"])
            elif values.get("search") and values["of_kind"] in OWNERS:
                found[str(values["of_kind"])].add(str(values["id"]))
    for field in definitions(cursor).fields if lists else ():
        if field.search and field.own_list in lists and field.of_kind in OWNERS:
            found[field.of_kind].add(field.id)
    return found


def valued(cursor: Any, name: str, kind: str, choice: str = "") -> int:
    """Count the records of a kind with a value in an own field, or with one choice in it."""
    if kind not in OWNERS:
        return 0
    value = column(name, "t")
    condition, values = (f"{value} = ?", [choice]) if choice else (f"{value} IS NOT NULL", [])
    asked = f"SELECT count(*) FROM {kind} t WHERE t.own IS NOT NULL AND {condition}"
    return int(cursor.execute(asked, values).fetchone()[0])


def used(cursor: Any, kind: str, id: str, image: Mapping[str, Cell]) -> dict[str, str]:
    """Return own fields with values, and their kinds, that a definition or choice stands behind.

    `image`: the cells of the definition as the journal keeps them, since it may be gone itself.
    """
    if kind == OwnField.KIND:
        owner = str(image.get("of_kind") or "")
        return {OWN + id: owner} if valued(cursor, OWN + id, owner) else {}
    if kind != OwnChoice.KIND:
        return {}
    return {
        one.field_name: one.of_kind
        for one in definitions(cursor).fields
        if one.own_list == image.get("own_list")
        and valued(cursor, one.field_name, one.of_kind, choice=id)
    }


def _both(label: str) -> list[str]:
    english = label.english if isinstance(label, Bilingual) else ""
    return [str(label), english] if english else [str(label)]


def _all(cursor: Any, kind: str) -> tuple[Any, ...]:
    names = ", ".join(f'"{name}"' for name in columns(kind))
    found = cursor.execute(f"SELECT {names} FROM {kind}").fetchall()
    return in_order(from_cells(kind, cells) for cells in found)

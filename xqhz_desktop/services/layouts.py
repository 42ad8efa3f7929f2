"""Export layouts by name: kept as records, so that everybody in the school has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xqhz_desktop.domain.layout import ExportLayout
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import columns, giving, records
from xqhz_desktop.services.workspace import Work

_FORMAT = "xqhz-layouts"


@dataclass(frozen=True)
class Chosen:
    """What a layout holds: columns in their order, and whether totals stand below."""

    columns: tuple[str, ...]
    totals: bool = False


def named(work: Work, kind: str) -> list[ExportLayout]:
    """Return the layouts of a kind, the usual one first, then by name."""
    with work.store.read() as reader:
        some = list(reader.all("export_layout", of_kind=kind))
    found = [one for one in some if isinstance(one, ExportLayout)]
    return sorted(found, key=lambda one: (not one.usual, one.name))


def find(work: Work, kind: str, name: str) -> ExportLayout:
    """Return a layout by its name; raise NotFound with those there are."""
    some = named(work, kind)
    for one in some:
        if one.name == name:
            return one
    text = Message(
        "There is no layout “{name}”. Save one when you export in the window.", name=name
    )
    if known := [one.name for one in some]:
        text = Message("There is no layout “{name}”. Layouts: {known}.", name=name, known=known)
    raise NotFound(text, code="NO_LAYOUT")


def keep(work: Work, kind: str, name: str, chosen: Chosen) -> ExportLayout:
    """Keep columns under a name; an older layout of that name is changed."""
    old = next((one for one in named(work, kind) if one.name == name), None)
    made = (old or ExportLayout(of_kind=kind, name=name)).but(
        columns=",".join(chosen.columns), totals=chosen.totals
    )
    records.save(work, made)
    return made


def rename(work: Work, layout: ExportLayout, name: str) -> None:
    """Give a layout another name; raise UserError where another one has it."""
    if any(one.name == name for one in named(work, layout.of_kind) if one.id != layout.id):
        raise UserError(Message("There is a layout “{name}” already.", name=name), code="TAKEN")
    records.save(work, layout.but(name=name))


def use_first(work: Work, layout: ExportLayout, *, on: bool) -> None:
    """Let exports of its kind begin with a layout, or with none."""
    some = [one.but(usual=on and one.id == layout.id) for one in named(work, layout.of_kind)]
    records.save_all(work, some, Message("Usual export layout chosen"))


def drop(work: Work, layout: ExportLayout) -> None:
    """Remove a layout; it can be brought back like any record."""
    records.remove(work, layout.KIND, [layout.id])


def write(path: Path, kind: str, some: Iterable[ExportLayout]) -> None:
    """Write layouts into a file to give away; raise UserError where that fails."""
    kept = {one.name: {"columns": list(one.names), "totals": one.totals} for one in some}
    giving.write(path, _FORMAT, kind, ("layouts", kept))


def read(work: Work, path: Path, kind: str) -> int:
    """Keep the layouts of a file, over those of the same names; return how many.

    Columns this school does not have are left out; raise UserError for a file without layouts.
    """
    with work.store.read() as reader:
        there = columns.offered(reader, kind)
    found = giving.read(path, _FORMAT, kind, "layouts")
    fit = {name: chosen for name, one in found.items() if (chosen := _chosen(one, there))}
    if not fit:
        raise UserError(
            Message("“{file}” holds no layouts of this list. Choose another file.", file=path.name),
            code="NO_LAYOUTS",
        )
    old = {one.name: one for one in named(work, kind)}
    made = [
        old.get(name, ExportLayout(of_kind=kind, name=name)).but(
            columns=",".join(one.columns), totals=one.totals
        )
        for name, one in fit.items()
    ]
    text = NN_("{n} export layout read from {file}", "{n} export layouts read from {file}")
    records.save_all(work, made, Message(text, n=len(made), file=path.name))
    return len(made)


def fitting(layout: ExportLayout, there: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns of a layout that exist; fields may have been removed since."""
    return tuple(name for name in layout.names if name in there)


def _chosen(kept: Any, there: Mapping[str, Any]) -> Chosen | None:
    if not isinstance(kept, dict) or not isinstance(kept.get("columns"), list):
        return None
    names: Sequence[Any] = kept["columns"]
    fit = tuple(dict.fromkeys(str(name) for name in names if str(name) in there))
    return Chosen(fit, bool(kept.get("totals"))) if fit else None

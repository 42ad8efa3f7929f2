"""Which forms of authorities are known: those of the program, and those the school added."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from xqhz_desktop.errors import NotFound, ReadOnly, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.adapter_reading import read, shipped
from xqhz_desktop.spreadsheets.adapters import Adapter

FOLDER = "adapters"
"""Where a school puts its own, in the folder of the workspace."""


@dataclass(frozen=True)
class Known:
    """The adapters there are, and what is wrong with files that are none."""

    adapters: tuple[Adapter, ...]
    troubles: tuple[Message, ...] = ()

    def find(self, name: str) -> Adapter:
        """Return an adapter by its id; raise NotFound with the ids there are."""
        for one in self.adapters:
            if one.id == name:
                return one
        raise NotFound(
            Message(
                "There is no template “{name}”. Templates: {known}.",
                name=name, known=[one.id for one in self.adapters],
            ),
            code="NO_TEMPLATE",
        )  # fmt: skip


def known(folder: Path | None) -> Known:
    """Return every adapter; the school's own replaces one of the program with the same id."""
    own: dict[str, Adapter] = {}
    troubles = []
    for file in sorted((folder / FOLDER).glob("*.json")) if folder else ():
        try:
            found = replace(read(file), own=True)
            own[found.id] = found
        except UserError as error:
            troubles.append(error.message)
    usual = [own.pop(one.id, one) for one in shipped()]
    return Known((*usual, *own.values()), tuple(troubles))


def add(work: Work, file: Path) -> Adapter:
    """Check a file and keep a copy in the workspace; return what it is."""
    if work.read_only:
        raise ReadOnly(Message("This workspace is open for reading only; nothing was changed."))
    found = read(file)
    kept = work.folder / FOLDER / f"{found.id}.json"
    try:
        kept.parent.mkdir(exist_ok=True)
        if not (kept.exists() and kept.samefile(file)):
            shutil.copyfile(file, kept)
    except OSError as error:
        raise UserError(
            Message("“{file}” cannot be written. Choose another folder.", file=str(kept))
        ) from error
    return replace(found, own=True)

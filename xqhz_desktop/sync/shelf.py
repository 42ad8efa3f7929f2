"""Where a replica keeps what it knows: SQLite on a laptop, PostgreSQL under the server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from xqhz_desktop.sync.changes import Changeset, Key, Value
from xqhz_desktop.sync.merge import Row


@dataclass(frozen=True, slots=True)
class Kept:
    """A record after a merge: its registers and what is shown of it.

    `shown` is None where the record is not shown; it has the columns this version knows, as far
    as anybody wrote them. `special`: it is shown only because something refers to it, or a
    reference of it is shown empty; such records are looked at again when what they hang on moves.
    """

    row: Row
    shown: Mapping[str, Value] | None
    special: bool = False


class Shelf(Protocol):
    """What the engine asks of a place that keeps registers; one open transaction.

    Records whose own changes are not absorbed yet are shown as they are, not as their registers
    say: all of them are absorbed in one call, before anything else is applied.
    """

    def knowledge(self) -> Mapping[str, int]:
        """Return how far each stream is applied: {stream: q}."""

    def context(self, stream: str) -> Mapping[str, int]:
        """Return what the writer of a stream had seen at its last applied change."""

    def rows(self, keys: Iterable[Key]) -> dict[Key, Row]:
        """Return the registers of the records that have any."""

    def shown(self, keys: Iterable[Key]) -> dict[Key, Mapping[str, Value]]:
        """Return the records that are shown now."""

    def special(self) -> set[Key]:
        """Return the records kept as special."""

    def pointing(self, targets: Iterable[Key]) -> set[Key]:
        """Return the records shown now with a reference whose shown value is one of these."""

    def aliases(self) -> Mapping[str, tuple[str, str, str]]:
        """Return (of_kind, dropped, kept) of the alias records shown now, by their own ids."""

    def keep(self, rows: Mapping[Key, Kept], changesets: Iterable[Changeset]) -> None:
        """Write registers, what is shown, and the changesets themselves for the history."""

    def know(self, stream: str, q: int, context: Mapping[str, int]) -> None:
        """Write how far a stream is applied and what its writer had seen."""

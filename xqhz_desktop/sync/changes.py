"""A change as it travels: who wrote what, when, and what they had seen of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = None | bool | int | float | str | bytes
"""What a cell holds on the way: the cells of `storage.codec`, and whatever newer versions add."""

Key = tuple[str, str]
"""A record: its kind and its id."""


@dataclass(frozen=True, slots=True)
class Op:
    """What a change did to one record: the values it wrote by column, or None for its removal.

    A put lists every column it writes and no other: a new record lists all columns its writer
    knows. `extra` is what a newer version added behind; it is kept and passed on.
    """

    kind: str
    id: str
    values: Mapping[str, Value] | None
    extra: tuple[Any, ...] = ()

    @property
    def key(self) -> Key:
        """Return the record it is about."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Changeset:
    """One change of one replica.

    `stream` is the replica (32 hex characters), `q` its number there: 1, 2, 3 …; `at` is in
    milliseconds since 1970 (UTC) and only breaks ties; `user` is the id of who did it; `deps` is
    what the writer had taken in of other streams since its previous change; `about` is for the
    history: title, name, reason. `extra` is what a newer version added behind.
    """

    stream: str
    q: int
    at: int
    user: str
    deps: Mapping[str, int] = field(default_factory=dict)
    ops: tuple[Op, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    extra: tuple[Any, ...] = ()

"""What every way of travelling does: list packages, fetch them from any byte on, leave one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from xqhz_desktop.sync import envelope
from xqhz_desktop.sync.refusals import refusal

SUFFIX, PART = ".xqhz", ".part"
_NAME = re.compile(r"([0-9a-f]{32})/(\d+)-(\d+)-([0-9a-f]{8})\.xqhz")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A package that waits somewhere: its name there, its bytes, the beginning of its SHA-256."""

    name: str
    size: int
    hash: str


class Transport(Protocol):
    """A store of files that never change; each device writes under a name of its own."""

    NAME: ClassVar[str]
    LABEL: ClassVar[str]

    def covered(self) -> Mapping[str, int]:
        """Return how far what lies there reaches, by stream, where that can be seen."""

    def list(self, knowledge: Mapping[str, int]) -> list[Parcel]:
        """Return what waits for a device that has applied so much: {stream: q}."""

    def fetch(self, parcel: Parcel, offset: int = 0) -> Iterator[bytes]:
        """Yield the bytes of a package from `offset` on."""

    def put(self, name: str, data: bytes) -> None:
        """Leave a package, whole or not at all; what is there already is passed over."""


def name(group: str, stream: str, numbers: tuple[int, int], data: bytes) -> str:
    """Return where a package lies: its school, who wrote it, which of its changes, and its hash."""
    first, last = numbers
    short = hashlib.sha256(data).hexdigest()[:8]
    return f"xq/{group}/{stream}/{first}-{last}-{short}{SUFFIX}"


def parsed(where: str) -> tuple[str, int, int, str] | None:
    """Return stream, first and last change and hash of what lies at ``stream/name``, or None."""
    found = _NAME.fullmatch(where)
    return (found[1], int(found[2]), int(found[3]), found[4]) if found else None


def received(transport: Transport, parcel: Parcel, spool: Path) -> Path:
    """Copy a package into a folder of this computer and return the file.

    What a broken line left there is gone on with. Raises BadPackage when the copy is not the
    package: nothing is read from a stick or the net before this was found right.
    """
    if parcel.size > envelope.MOST:
        raise refusal("TOO_LARGE")
    spool.mkdir(parents=True, exist_ok=True)
    whole = spool / f"{parcel.hash}{SUFFIX}"
    part = whole.with_suffix(PART)
    have = part.stat().st_size if part.exists() else 0
    if have < parcel.size:
        with part.open("ab") as file:
            for piece in transport.fetch(parcel, have):
                file.write(piece)
                if file.tell() > parcel.size:
                    break
    data = part.read_bytes()
    if len(data) < parcel.size:
        raise refusal("TRUNCATED")  # the part stays: the rest is fetched the next time
    if not hashlib.sha256(data).hexdigest().startswith(parcel.hash):
        part.unlink()
        raise refusal("DAMAGED")
    part.replace(whole)
    return whole

"""What a package holds before it is taken in: its files, and who changed what from when to when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xqhz_desktop.errors import BadPackage
from xqhz_desktop.services.enrolment import Enrolment
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.sync import envelope, package, refusals
from xqhz_desktop.sync import segment as segments
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.changes import Changeset
from xqhz_desktop.sync.envelope import Kind
from xqhz_desktop.sync.package import Contents


@dataclass(frozen=True)
class Group:
    """The new changes of one copy in a package; `key` is what leaving it out asks for."""

    key: str
    device: str
    people: tuple[str, ...]
    first: datetime
    last: datetime
    changes: int
    kinds: Mapping[str, int]
    """Records touched, by kind."""


def opened(circle: Enrolment, file: Path) -> tuple[Contents, ...]:
    """Return what a package holds, all volumes of it in order; raise BadPackage."""
    first = package.read(file, circle.keyring)
    if first.volume is None:
        return (first,)
    found = {first.volume.number: first}
    for place in sorted(file.parent.glob(f"*{file.suffix}")):
        if len(found) < first.volume.total and place != file and _begins_alike(place, file):
            with suppress(BadPackage):  # it is no package of ours, so no volume of this one
                one = package.read(place, circle.keyring)
                if one.volume and one.volume.id == first.volume.id:
                    found[one.volume.number] = one
    if len(found) < first.volume.total:
        raise refusals.refusal("MISSING_VOLUME")
    return tuple(found[number] for number in sorted(found))


def kind(file: Path) -> Kind:
    """Return what a package says on its outside that it is for; raise BadPackage."""
    return envelope.peek(package.whole(file)).kind


def groups(reader: Reader, circle: Enrolment, arrived: Iterable[Contents]) -> Iterator[Group]:
    """Yield who changed what in packages that is not here yet, the oldest first."""
    chains = Shelved(reader.cursor).chains()
    fresh: dict[str, dict[int, Changeset]] = defaultdict(dict)
    devices: dict[str, str] = {}
    for contents in arrived:
        for one in contents.segments:
            stream, chain = one.header.stream, chains.get(one.header.stream)
            if chain is None or one.header.q1 > chain.q:
                fresh[stream] |= {change.q: change for change in segments.changesets(one)}
                devices[stream] = circle.name(one.header.key)
    made = [_group(stream, devices[stream], found.values()) for stream, found in fresh.items()]
    yield from sorted(made, key=lambda group: group.first)


def _group(stream: str, device: str, found: Iterable[Changeset]) -> Group:
    changes = list(found)
    touched = {op.key for one in changes for op in one.ops}
    return Group(
        stream,
        device,
        tuple(dict.fromkeys(str(one.about.get("name", "")) for one in changes)),
        datetime.fromtimestamp(min(one.at for one in changes) / 1000),
        datetime.fromtimestamp(max(one.at for one in changes) / 1000),
        len(changes),
        Counter(kind for kind, _id in touched),
    )


def _begins_alike(one: Path, other: Path) -> bool:
    """Tell whether two file names are those of volumes made together."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return long.startswith(short)


def _bare(file: Path) -> str:
    head, _dash, number = file.stem.rpartition("-")
    return head if number.isdigit() and head else file.stem

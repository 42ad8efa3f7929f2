"""What belongs to a record, and to that: it goes when the record is removed with all it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xqhz_desktop.domain import BY_KIND, ENTITIES
from xqhz_desktop.domain.records import references
from xqhz_desktop.services.taking_back import pointing
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Change, Reader


@dataclass(frozen=True)
class Belongings:
    """What removing records would take along (kind and id) and which links it would clear.

    A record belongs to what it cannot be without (its required references); an optional reference
    is only cleared: a class that goes leaves its students without a class.
    """

    owned: tuple[tuple[str, str], ...]
    linked: tuple[tuple[str, str, str], ...]
    """Kind, id and field."""

    @property
    def removed(self) -> Mapping[str, int]:
        """Count by kind what would go along."""
        return Counter(kind for kind, _id in self.owned)

    @property
    def cleared(self) -> Mapping[str, int]:
        """Count by kind the records that would stay and lose a link."""
        return Counter(kind for kind, _id in {(kind, id) for kind, id, _field in self.linked})


def belongings(work: Work, kind: str, ids: Sequence[str]) -> Belongings:
    """Return what belongs to records of a kind, however deep."""
    with work.store.read() as reader:
        return found(reader, kind, ids)


def found(reader: Reader, kind: str, ids: Sequence[str]) -> Belongings:
    """Return what belongs to records of a kind, as one snapshot or change sees it."""
    going = {(kind, id) for id in ids}
    owned: dict[tuple[str, str], None] = {}
    linked: dict[tuple[str, str, str], None] = {}
    waiting: dict[str, list[str]] = {kind: list(ids)}
    while waiting:
        target, some = waiting.popitem()
        for entity in ENTITIES:
            for field, wanted in references(entity).items():
                if wanted != target:
                    continue
                for id, _pointed in pointing(reader, entity.KIND, field, some):
                    place = (entity.KIND, id)
                    if not entity.FIELDS[field].required:
                        linked[*place, field] = None
                    elif place not in going:
                        going.add(place)
                        owned[place] = None
                        waiting.setdefault(entity.KIND, []).append(id)
    stay = tuple(one for one in linked if one[:2] not in going)
    return Belongings(tuple(owned), stay)


def let_go(change: Change, kind: str, ids: Sequence[str]) -> None:
    """Remove what belongs to records and clear the links to all that goes."""
    going = found(change, kind, ids)
    for other, id, field in going.linked:
        record = change.get(other, id)
        if record is not None:
            change.put(record.but(**{field: BY_KIND[other].FIELDS[field].empty}))
    for other, id in going.owned:
        change.remove(other, id)

"""Segments on their way into a workspace: who vouches for them, and what they do to its records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import duplicates, enclosing, enrolment
from xqhz_desktop.services.enrolment import Enrolment
from xqhz_desktop.storage.store import Change
from xqhz_desktop.sync import beginning, ledger, renewal
from xqhz_desktop.sync import segment as segments
from xqhz_desktop.sync.beginning import Begun
from xqhz_desktop.sync.book import ASIDE, HELD, PARTIAL, REVOKED, STRANGER, Shelved
from xqhz_desktop.sync.changes import Key, Value
from xqhz_desktop.sync.fitting import empty, fitting
from xqhz_desktop.sync.laptop import Laptop
from xqhz_desktop.sync.ledger import State
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.replica import Effect
from xqhz_desktop.sync.segment import Segment
from xqhz_desktop.sync.stream import own_stream
from xqhz_desktop.sync.uncollected import uncollected

_SHOWN = 500
_Shown = Mapping[str, Value]


@dataclass(frozen=True)
class Counts:
    """What becomes of the records of one kind. `twins`: new ones whose number is known here."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    conflicts: int = 0
    twins: int = 0

    @property
    def all(self) -> int:
        """Return how many records are touched."""
        return self.new + self.changed + self.removed


@dataclass(frozen=True)
class Touched:
    """What becomes of one record: ``new``, ``changed``, ``removed``; `fields` that differ.

    ``refused``: it came back from a partial copy and is none of its business.
    """

    kind: str
    id: str
    called: str
    what: str
    fields: tuple[str, ...]
    disputed: tuple[str, ...]
    why: str = ""
    """A sentence to be translated: why it is ``refused``."""
    labels: tuple[Message, ...] = ()
    """What the fields that differ are called, the school's own among them."""


@dataclass(frozen=True)
class Arrival:
    """What became of segments, in changes, and of records."""

    effects: Mapping[Key, Effect]
    applied: int
    waits: int
    set_aside: int
    known: int


@uncollected()
def take(
    change: Change,
    circle: Enrolment,
    arrived: Iterable[Contents],
    leave_out: frozenset[str] | None,
) -> Arrival:
    """Take in packages within an open `Store.merging()` whose own changes are absorbed.

    ``leave_out`` are streams and kinds that wait; None lets in whatever was left out before.
    """
    packages = list(arrived)
    book = Shelved(change.cursor)
    circle = enrolment.learned(change, circle, packages)
    blocks = [one for contents in packages for one in contents.blocks]
    begun = beginning.begin(Laptop(change), book, blocks) if blocks else Begun({}, 0)
    found = [one for contents in packages for one in contents.segments]
    if leave_out is None:
        found += book.kept([HELD])
    found += book.kept([STRANGER])
    waited = book.waiting()
    held = _held(book, circle, found, leave_out or frozenset())
    taken = ledger.take(book, Laptop(change), held.pass_on)
    enrolment.told(change, circle, packages)
    enclosing.told(change, circle, packages)
    _part_from_a_copy(change, packages)
    states = Counter[str]()
    sizes = {one.id: one.header.q1 - one.header.q0 + 1 for one in (*found, *waited)}
    became = {id: state.value for id, state in taken.states.items()}
    for id, name in {**became, **held.states}.items():
        states[name] += sizes.get(id, 0)
    return Arrival(
        {**begun.effects, **taken.outcome.touched},
        states[State.APPLIED.value] + begun.changes,
        sum(states[one.value] for one in State if one.waits) + states[HELD],
        sum(states[one] for one in ASIDE),
        states[State.KNOWN.value],
    )


def counts(change: Change, arrival: Arrival) -> dict[str, Counts]:
    """Return what became of the records, by kind in the order of the program."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    made: dict[str, list[str]] = defaultdict(list)
    for (kind, id), effect in arrival.effects.items():
        if kind not in BY_KIND:
            continue
        if what := _what(kind, effect):
            found[kind][what] += 1
        if _disputed(kind, effect):
            found[kind]["conflicts"] += 1
        if what == "new" and kind in duplicates.KINDS:
            made[kind].append(id)
    for kind, ids in made.items():
        found[kind]["twins"] = _twins(change, kind, ids)
    return {kind: Counts(**found[kind]) for kind in BY_KIND if kind in found}


def records(change: Change, arrival: Arrival) -> Iterator[Touched]:
    """Yield what became of single records, the first of many."""
    told = (
        (kind, id, effect, what)
        for (kind, id), effect in arrival.effects.items()
        if kind in BY_KIND and (what := _what(kind, effect))
    )
    known: dict[str, Mapping[str, Field]] = {}
    for kind, id, effect, what in islice(told, _SHOWN):
        shown = effect.after or effect.before or {}
        called = change.names(kind, [id]).get(id) or str(shown.get(BY_KIND[kind].TITLE) or "")
        fields = _differing(kind, effect.before, effect.after) if what == "changed" else ()
        disputed = tuple(sorted(_disputed(kind, effect)))
        if fields and kind not in known:
            known[kind] = change.fields(kind, retired=True)
        labels = tuple(known[kind][name].said for name in fields if name in known[kind])
        yield Touched(kind, id, called, what, tuple(fields), disputed, labels=labels)


@dataclass(frozen=True)
class _Sorted:
    pass_on: list[Segment]
    states: Mapping[str, str]


def _held(
    book: Shelved, circle: Enrolment, found: Iterable[Segment], leave_out: frozenset[str]
) -> _Sorted:
    """Check who signed what, and keep back what nobody vouches for and what is left out."""
    chains = book.chains()
    pass_on, states = [], {}
    for one in found:
        header = one.header
        chain = chains.get(header.stream)
        state = "" if chain and header.q1 <= chain.q else _stopped(one, circle, leave_out)
        if state:
            book.put(one, state)
            states[one.id] = state
        else:
            pass_on.append(one)
    return _Sorted(pass_on, states)


def _stopped(one: Segment, circle: Enrolment, leave_out: frozenset[str]) -> str:
    """Return why a segment is not passed on to the ledger, or ""; raise BadPackage."""
    header = one.header
    key = circle.keyring.known.get(header.key)
    if key is None:
        return STRANGER
    segments.check(one, key)
    blocked = circle.keyring.revoked.get(header.key)
    if blocked is not None and header.q1 > blocked.get(header.stream, 0):
        return REVOKED
    if any(one.id == header.key and one.partial for one in circle.members):
        return PARTIAL
    if header.stream in leave_out:
        return HELD
    kinds = leave_out & BY_KIND.keys()
    touched = kinds and any(op.kind in kinds for c in segments.changesets(one) for op in c.ops)
    return HELD if touched else ""


def _part_from_a_copy(change: Change, packages: Iterable[Contents]) -> None:
    """Go on under a new stream where a sender has changes of somebody else in ours."""
    for contents in packages:
        own, book = own_stream(change.cursor), Shelved(change.cursor)
        since = contents.returned.get(own)
        for receipt in contents.receipts:
            theirs = receipt.chains.get(own)
            if since and theirs and receipt.issuer == contents.sender:
                q, id = theirs
                if q >= since and id not in book.overlapping(own, q, q):
                    renewal.forked(change, since)


def _what(kind: str, effect: Effect) -> str:
    if effect.before is None:
        return "" if effect.after is None else "new"
    if effect.after is None:
        return "removed"
    return "changed" if _differing(kind, effect.before, effect.after) else ""


def _differing(kind: str, before: _Shown | None, after: _Shown | None) -> list[str]:
    """Return the fields two states do not share; what nobody wrote is as in an empty record."""
    old, new = before or {}, after or {}
    apart = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    if not apart:
        return []
    left = fitting(kind, {name: old[name] for name in apart if name in old})
    right = fitting(kind, {name: new[name] for name in apart if name in new})
    plain = empty(kind)
    return [n for n in apart if left.get(n, plain.get(n)) != right.get(n, plain.get(n))]


def _disputed(kind: str, effect: Effect) -> set[str]:
    fields = BY_KIND[kind].FIELDS
    if effect.after is None:
        return set()
    return {n for n in effect.disputed if n not in fields or fields[n].clash != "silent"}


def _twins(change: Change, kind: str, ids: list[str]) -> int:
    """Count new records whose natural key another record has, of kinds that can be merged."""
    if kind not in duplicates.KINDS:
        return 0
    entity = BY_KIND[kind]
    twins: set[str] = set()
    for key in entity.KEYS:
        if len(key) > 1 or key[0] == entity.TITLE:
            continue
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            found = change.cursor.execute(
                f"SELECT a.id FROM {kind} a WHERE a.\"{key[0]}\" <> '' AND a.id IN"
                f" ({','.join('?' * len(part))}) AND EXISTS (SELECT 1 FROM {kind} b"
                f' WHERE b."{key[0]}" = a."{key[0]}" AND b.id <> a.id)',
                part,
            )
            twins.update(id for (id,) in found.fetchall())
    return len(twins)

"""Random schedules: devices edit, meet, copy, break; after every step an oracle looks in.

``XQHZ_SCHEDULES=10000 pytest tests/sync/test_schedules.py`` runs more than the short run, and
``python -m tests.sync.schedules 4711`` one of them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, Protocol

from tests.sync import oracle
from tests.sync.edits import NEW, OLD, User, world
from tests.sync.memory import SCHOOL, Aborted, Memory
from tests.sync.oracle import Fact
from tests.sync.samples import OFFICE, TUTOR
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import BadPackage
from xqhz_desktop.sync import merge, segment
from xqhz_desktop.sync.changes import Changeset, Key, Op
from xqhz_desktop.sync.derive import Kinds
from xqhz_desktop.sync.ledger import State, Taken
from xqhz_desktop.sync.merge import Row
from xqhz_desktop.sync.segment import Origin, Segment

NOW = 1_780_000_000_000
YEAR = 365 * 86_400_000
SKEWS = (0, 0, 0, 70 * YEAR, -20 * YEAR, -3_600_000)
DEVICES = (OFFICE, TUTOR)
REMOVAL = (Op("staff", "f" * 32, None),)
KEYS = {one.id: one.public.key for one in DEVICES}


class Replica(Protocol):
    """A device under test."""

    kinds: Kinds
    """What its users see and write."""
    derived: Kinds
    """What it understands."""
    schema: int
    strict: bool
    """Its users let references lead only to what is there."""
    reissues: bool
    """A copy of it tells under its own name what the original has not told yet."""

    @property
    def stream(self) -> str: ...
    def write(self, ops: Sequence[Op], at: int, *, meant: bool = False) -> Changeset | None: ...
    def absorb(self) -> None: ...
    def pack(self, *, min_reader: int = 1) -> list[Segment]: ...
    def take(self, segments: Sequence[Segment], fuse: int = 1 << 30) -> Taken: ...
    def shown(self) -> dict[Key, dict[str, Any]]: ...
    def registers(self) -> Mapping[Key, Row]: ...
    def knowledge(self) -> Mapping[str, int]: ...
    def states(self) -> Mapping[str, State]: ...
    def settle(self) -> None: ...
    def restarted(self) -> Replica: ...
    def upgrade(self, kinds: Kinds) -> None: ...
    def copied(self, stream: str, *, bare: bool = False) -> Replica: ...


Make = Callable[[str, int, bool], Replica]
"""Makes a replica of a stream: its number, and whether its program is an old one."""


def memory(stream: str, number: int, old: bool) -> Replica:
    """Return a replica in dictionaries."""
    kinds, schema = (OLD, 1) if old else (NEW, 2)
    return Memory(stream, DEVICES[number % len(DEVICES)], kinds, schema)


class Player:
    """A device, its clock, and what it must know: every fact that has reached it."""

    def __init__(self, replica: Replica, skew: int) -> None:
        """Begin with nothing."""
        self.replica, self.skew, self.last, self.bare = replica, skew, 0, False
        self.history: list[Fact] = []
        self.own: list[Fact] = []
        self.waiting: set[str] = set()

    @property
    def dots(self) -> frozenset[tuple[str, int]]:
        """Return the changes that have reached it."""
        return frozenset(fact.dot for fact in self.history)


class Schedule:
    """One story by chance. `counted` says what happened in it."""

    def __init__(self, seed: int, make: Make = memory, without: Iterable[str] = ()) -> None:
        """Begin with some devices; steps named in `without` are left out."""
        self.chance = Random(seed)
        self.counted: Counter[str] = Counter()
        self.facts: dict[str, list[Fact]] = {}
        self.readers: dict[str, int] = {}
        self.prior: dict[Fact, Fact | None] = {}
        self.drawer: list[list[Segment]] = []
        self.stolen: set[str] = set()
        self.world = world(self.chance, seed)
        self.streams = 0
        self.tick = 0
        self.players = [
            Player(make(self._stream(), n, self.chance.random() < 0.2), self.chance.choice(SKEWS))
            for n in range(self.chance.randint(2, 6))
        ]
        weights = {
            "edit": 40, "decide": 5, "meet": 20, "carry": 16, "spoil": 3, "abort": 4,
            "restart": 2, "upgrade": 2, "copy": 1, "clone": 0.5, "look": 4,
        }  # fmt: skip
        self.weights = {name: w for name, w in weights.items() if name not in without}

    def run(self, steps: int = 60) -> Counter[str]:
        """Take so many steps, then let everybody meet; raise AssertionError where one is wrong."""
        names = list(self.weights)
        for _ in range(steps):
            name = self.chance.choices(names, list(self.weights.values()))[0]
            getattr(self, name)(self.chance.choice(self.players))
        for player in self.players:
            self.upgrade(player)
        self.part()
        self.end()
        self.counted["schedules"] = 1
        return self.counted

    def edit(self, player: Player) -> None:
        """A user changes something."""
        user = self._user(player)
        for _ in range(self.chance.randint(1, 3)):
            self._write(player, user.edit(player.replica.shown()))

    def decide(self, player: Player) -> None:
        """A user decides a conflict; whoever hears of it has it decided as well."""
        player.replica.absorb()
        user = self._user(player)
        ops = user.decide(player.replica.registers(), player.replica.shown())
        if ops and self._write(player, ops, meant=True):
            self.look(player)
            row = player.replica.registers()[ops[0].key]
            for column in ("", *(ops[0].values or {})):
                assert len(row.cells[column] if column else row.alive) == 1
            self.counted["decided"] += 1

    def meet(self, player: Player) -> None:
        """Two devices exchange directly, one way or both."""
        other = self.chance.choice(self.players)
        self._give(player, other)
        if self.chance.random() < 0.5:
            self._give(other, player)

    def carry(self, player: Player) -> None:
        """A package lies in a drawer and arrives late, in part, twice or shuffled."""
        if self.chance.random() < 0.5 or not self.drawer:
            beyond = self.chance.choice([{}, self.chance.choice(self.players).replica.knowledge()])
            self.drawer.append(self._pack(player, beyond))
            return
        found = [one for package in self.chance.choices(self.drawer, k=2) for one in package]
        self.chance.shuffle(found)
        self._take(player, found[: self.chance.randint(0, len(found))])
        self.counted["late packages"] += 1

    def spoil(self, player: Player) -> None:
        """A package is damaged, cut short, or changed by somebody who passes it on."""
        whole = [one for one in self._pack(player, {}) if one.id not in self.stolen]
        if not whole:
            return
        one = self.chance.choice(whole)
        if self.chance.random() < 0.2:
            self._steal(player, one)
            return
        parts = [one.head, one.sig, one.body]
        which = self.chance.randrange(3)
        place = self.chance.randrange(len(parts[which]))
        way = self.chance.choice(["flip", "cut", "sign"])
        if way == "flip":
            flipped = parts[which][place] ^ 1 << self.chance.randrange(8)
            parts[which] = parts[which][:place] + bytes([flipped]) + parts[which][place + 1 :]
        elif way == "cut":
            parts[which] = parts[which][:place]
        else:
            parts = self._forged(one)
        try:
            found = received(*parts)
        except BadPackage:
            self.counted["refused"] += 1
        else:  # a bit of the packing that says nothing
            assert way == "flip"
            assert which == 2
            assert segment.changesets(found) == segment.changesets(one)

    def _steal(self, player: Player, one: Segment) -> None:
        """Somebody writes on in the name of another, and signs it himself."""
        mine = next(device for device in DEVICES if device.id != one.header.key)
        more = Changeset(one.header.stream, one.header.q1 + 1, NOW, "", ops=REMOVAL)
        made = segment.make([more], one.id, Origin(mine, SCHOOL, 1))
        self.stolen.add(made.id)
        received(made.head, made.sig, made.body)
        state = player.replica.states().get(one.id)
        if state is State.APPLIED:
            taken = player.replica.take([made])
            states = dict(taken.states)
            assert states.pop(made.id) is State.KEY
            self._taken(player, (), replace(taken, states=states))  # what had waited
            self.counted["stolen"] += 1

    def abort(self, player: Player) -> None:
        """The power goes while something is taken in: all is as before."""
        other = self.chance.choice(self.players)
        found = self._pack(other, player.replica.knowledge())
        player.replica.absorb()
        replica = player.replica
        before = replica.shown(), dict(replica.registers()), replica.knowledge(), replica.states()
        try:
            taken = replica.take(found, fuse=self.chance.randint(0, 12))
        except Aborted:
            assert before == (
                replica.shown(), dict(replica.registers()), replica.knowledge(), replica.states()
            )  # fmt: skip
            self.counted["aborted"] += 1
        else:
            self._taken(player, found, taken)

    def restart(self, player: Player) -> None:
        """The program is closed and opened."""
        player.replica = player.replica.restarted()

    def upgrade(self, player: Player) -> None:
        """An old program is replaced by the newest."""
        if player.replica.kinds is not NEW:
            player.replica.upgrade(NEW)
            self.counted["upgraded"] += 1
            self.look(player)

    def copy(self, player: Player) -> None:
        """A workspace is copied, and the copy notices; or a new one begins with a snapshot."""
        if len(self.players) >= 6:
            return
        if not player.replica.reissues or self.chance.random() < 0.5:
            self._pack(player, {})
        bare = "clone" in self.weights and self.chance.random() < 0.3
        bare = bare and not self.counted["cloned"]  # who has the segments may have to leave
        joined = self._join(player, player.replica.copied(self._stream(), bare=bare))
        joined.bare |= bare
        self._reissue(player, joined)
        self.counted["bare" if bare else "copied"] += 1

    def clone(self, player: Player) -> None:
        """A workspace is copied, and the copy goes on under the same name."""
        if len(self.players) < 7 and not self.counted["cloned"] + self.counted["bare"]:
            self._pack(player, {})
            twin = self._join(player, player.replica.copied(player.replica.stream))
            twin.own = list(player.own)
            self.counted["cloned"] += 1

    def look(self, player: Player) -> None:
        """Compare all a device knows and shows with what it must."""
        player.replica.absorb()
        rows = oracle.registers(player.history)
        known = {
            key: {
                column: {(one.stream, one.q, one.value) for one in register}
                for column, register in {"": row.alive, **row.cells}.items()
            }
            for key, row in player.replica.registers().items()
        }
        assert known == {
            key: {
                column: {(*fact.dot, value) for fact, value in register.items()}
                for column, register in row.items()
            }
            for key, row in rows.items()
        }
        for key, row in player.replica.registers().items():
            assert merge.conflicts(row).keys() == {
                column for column, all in rows[key].items() if len(set(all.values())) > 1
            }
            for group in groups(key[0], player.replica.derived):
                assert len({frozenset(rows[key].get(column, ())) for column in group}) == 1
        shown = oracle.shown(rows, player.replica.derived)
        assert player.replica.shown() == shown
        self._count(rows, shown)

    def part(self) -> None:
        """Those who took a clone for the original leave; the others trust what they have."""
        rivals: dict[tuple[str, int], Fact] = {}
        for player in self.players:
            for fact in player.own:
                rivals.setdefault(fact.dot, fact)
        self.players = [
            player
            for player in self.players
            if all(rivals.get(fact.dot, fact) is fact for fact in self._coming(player))
        ]
        for player in self.players:
            if self.counted["cloned"]:
                player.replica.settle()

    def end(self) -> None:
        """One hears from everybody and tells everybody; then all know and show the same."""
        first = next((player for player in self.players if not player.bare), None)
        if first is None:
            return  # nobody is left who has it all
        for player in self.players:
            self._give(player, first)
        for player in self.players:
            self._give(first, player)
        for player in self.players:
            assert player.replica.shown() == first.replica.shown()
            assert player.replica.knowledge() == first.replica.knowledge()
            assert player.dots == first.dots
            if not self.counted["cloned"]:
                assert not any(state.waits for state in player.replica.states().values())
        rows = oracle.registers(first.history).values()
        for column, all in ((column, all) for row in rows for column, all in row.items()):
            if len(set(all.values())) > 1:
                self.counted["conflicts" if column else "edited and removed"] += 1

    def _user(self, player: Player) -> User:
        replica = player.replica
        return User(self.chance, replica.kinds, self.world, strict=replica.strict)

    def _coming(self, player: Player) -> list[Fact]:
        """Return what a device knows, and what it will as soon as it can."""
        states = player.replica.states().items()
        waiting = [fact for id, state in states if state.waits for fact in self.facts[id]]
        return [*player.history, *waiting]

    def _write(self, player: Player, ops: Sequence[Op], *, meant: bool = False) -> bool:
        self.tick += self.chance.choice((0, 0, 1, 50))
        player.last = max(NOW + player.skew + self.tick, player.last + 1)
        view = player.replica.shown()
        made = player.replica.write(ops, player.last, meant=meant) if ops else None
        if made is None:
            return False
        written = {op.key: op.values for op in made.ops}
        for op in ops:
            if op.values is None:
                assert written[op.key] is None
                continue
            now = view.get(op.key, {})
            differing = {name: one for name, one in op.values.items() if now.get(name) != one}
            assert not differing or differing.items() <= (written[op.key] or {}).items()
        fact = Fact((made.stream, made.q), made.at, made.ops, player.dots)
        self.prior[fact] = player.own[-1] if player.own else None
        player.own.append(fact)
        player.history.append(fact)
        self.counted["edits"] += 1
        self.counted["removals"] += sum(op.values is None for op in ops)
        return True

    def _pack(self, player: Player, beyond: Mapping[str, int]) -> list[Segment]:
        newer = player.replica.schema == 2 and self.chance.random() < 0.1
        found = player.replica.pack(min_reader=2 if newer else 1)
        for one in found:
            if one.id not in self.facts:
                header = one.header
                assert header.stream == player.replica.stream
                self.facts[one.id] = player.own[header.q0 - 1 : header.q1]
                self.readers[one.id] = header.min_reader
        return [one for one in found if one.header.q1 > beyond.get(one.header.stream, 0)]

    def _give(self, giver: Player, taker: Player) -> None:
        self._take(taker, self._pack(giver, taker.replica.knowledge()))

    def _take(self, player: Player, segments: Sequence[Segment]) -> None:
        self._taken(player, segments, player.replica.take(segments))

    def _taken(self, player: Player, segments: Sequence[Segment], taken: Taken) -> None:
        """Judge what became of segments, then look at the device."""
        doubtful: dict[str, int] = {}
        for id, state in taken.states.items():
            self.counted[state.value] += 1
            if state is State.FORK:
                stream, q = self.facts[id][0].dot
                doubtful[stream] = min(q, doubtful.get(stream, q))
            if state is State.APPLIED:
                stream, q = self.facts[id][-1].dot
                assert q < doubtful.get(stream, q + 1)
                player.history += self.facts[id]
                if self.facts[id][0].dot[0] == player.replica.stream:
                    player.own += self.facts[id]  # written by its twin
                self.counted["drained"] += id in player.waiting
        self.counted["taken"] += 1
        states = player.replica.states()
        player.waiting = {id for id, state in states.items() if state.waits}
        known = set(player.history)
        for one in segments:
            assert one.id in states or known.issuperset(self.facts[one.id])
        if taken.states:
            for id in states.keys() - self.stolen:
                self._judge(player, id, states[id])
            self.look(player)

    def _judge(self, player: Player, id: str, state: State) -> None:
        """Compare the state of a segment with what must be: from the whole history."""
        facts, known = self.facts[id], {fact.dot: fact for fact in player.history}
        line: list[Fact] = list(facts)
        while prior := self.prior[line[0]]:
            line.insert(0, prior)
        forked = any(known.get(fact.dot, fact) is not fact for fact in line)
        applied = all(known.get(fact.dot) is fact for fact in facts)
        missing = any(
            dot not in known for fact in facts for dot in fact.seen if dot[0] != facts[0].dot[0]
        ) or any(fact.dot not in known for fact in line if fact not in facts)
        forks = State.FORK in player.replica.states().values()
        match state:
            case State.APPLIED:
                assert applied
                assert self.readers[id] <= player.replica.schema
            case State.FORK | State.KEY:
                assert forked
            case State.GAP | State.DEPS:
                assert missing or forked or forks
            case State.DOUBT:
                assert forks

    def _count(self, rows: Mapping[Any, Any], shown: Mapping[Key, Any]) -> None:
        """Count what there was to be got wrong."""
        dead = {key for key, row in rows.items() if not any(row[""].values())}
        self.counted["revived"] += bool(dead & shown.keys())
        self.counted["hidden"] += bool(rows.keys() - dead - shown.keys())
        self.counted["led on"] += any(
            max(row[name], key=lambda f: (f.at, *f.dot)) and shown[key][name]
            not in (None, row[name][max(row[name], key=lambda f: (f.at, *f.dot))])
            for key, row in rows.items()
            if key in shown
            for name in row
            if name in NEW[key[0]].links and name in shown[key]
        )  # fmt: skip
        self.counted["emptied"] += any(
            cells.get("head_teacher", "") is None and any(rows[key]["head_teacher"].values())
            for key, cells in shown.items()
            if key[0] == "school_class"
        )

    def _join(self, player: Player, made: Replica) -> Player:
        joined = Player(made, player.skew)
        joined.last, joined.bare = player.last, player.bare
        joined.history = list(player.history)
        self.players.append(joined)
        return joined

    def _reissue(self, player: Player, joined: Player) -> None:
        """What was in no segment yet is the copy's own as well, under its name."""
        sent = {fact for facts in self.facts.values() for fact in facts}
        loose = [fact for fact in player.own if fact not in sent]
        names = {fact.dot: (joined.replica.stream, q) for q, fact in enumerate(loose, 1)}
        for fact in loose:
            seen = frozenset(names.get(dot, dot) for dot in fact.seen)
            again = Fact(names[fact.dot], fact.at, fact.ops, seen)
            self.prior[again] = joined.own[-1] if joined.own else None
            joined.own.append(again)
            joined.history[joined.history.index(fact)] = again
            self.counted["reissued"] += 1

    def _stream(self) -> str:
        self.streams += 1
        return f"{self.streams:032x}"

    def _forged(self, one: Segment) -> list[bytes]:
        """Return a segment somebody else signed, in the name of its author."""
        mine = next(device for device in DEVICES if device.id != one.header.key)
        made = [
            replace(changeset, ops=(*changeset.ops, *REMOVAL))
            for changeset in segment.changesets(one)
        ]
        forged = segment.make(made, one.header.prev, Origin(mine, SCHOOL, 1))
        author = forged.head.replace(bytes.fromhex(mine.id), bytes.fromhex(one.header.key))
        return [author, mine.sign(author), forged.body]


def groups(kind: str, kinds: Kinds) -> list[set[str]]:
    """Return the columns of a kind that are written together."""
    columns = kinds[kind].columns if kind in kinds else frozenset()
    fields = {name: field.group for name, field in BY_KIND[kind].FIELDS.items() if name in columns}
    return [
        {name for name, one in fields.items() if one == group}
        for group in set(fields.values()) - {""}
    ]


def received(head: bytes, sig: bytes, body: bytes) -> Segment:
    """Return a segment as it came, checked as a package checks it."""
    found = segment.parse(head, sig, body)
    if found.header.key not in KEYS:
        raise BadPackage("nobody's key")  # type: ignore[arg-type]
    segment.check(found, KEYS[found.header.key])
    return found


def run(seed: int, make: Make = memory, without: Iterable[str] = ()) -> Counter[str]:
    """Run one schedule; an error names its seed."""
    try:
        return Schedule(seed, make, without).run()
    except Exception as error:
        error.add_note(f"schedule {seed}")
        raise


if __name__ == "__main__":
    print(run(int(sys.argv[1])))  # noqa: T201

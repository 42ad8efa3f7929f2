"""Schedules in which devices give out copies of a class and let in what comes back.

A copy never sees anybody else's students; what it changes goes in as if the school had written it
beside its own changes, and only what it may. ``python -m tests.sync.parts 4711`` runs one.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tests.sync.edits import NEW, User, View, World
from tests.sync.memory import SCHOOL, Memory
from tests.sync.oracle import Fact
from tests.sync.schedules import NOW, Player, Schedule, memory
from xqhz_desktop.sync import excerpt, scope, segment, transcript
from xqhz_desktop.sync.changes import Changeset, Key, Op, Value
from xqhz_desktop.sync.excerpt import Excerpt
from xqhz_desktop.sync.scope import Part, Why
from xqhz_desktop.sync.segment import Origin

MORE = {
    kind: [f"c{number}{n:030x}" for n in range(1, 5)]
    for number, kind in enumerate(("student", "placement", "enterprise"))
}
"""Records that are made on copies alone."""


class Copy:
    """A class teacher's copy: what it shows, what was done there, and what that had seen."""

    def __init__(self, stream: str, root: Key) -> None:
        self.stream, self.root = stream, root
        self.records: dict[Key, Mapping[str, Value]] = {}
        self.done: list[Changeset] = []
        self.seen: list[frozenset[tuple[str, int]]] = []
        self.knows: dict[str, int] = {}
        self.dots: frozenset[tuple[str, int]] = frozenset()
        self.deps: dict[str, int] = {}
        self.settled = 0


class _Eyes:
    """What a device shows, as the program asks it."""

    def __init__(self, replica: Memory) -> None:
        self._state = replica._state
        self.pointing, self.shown = self._state.pointing, self._state.shown

    def attached(self, owners: Iterable[Key]) -> set[Key]:
        return set()

    def known(self, keys: Iterable[Key]) -> set[Key]:
        return {key for key in keys if key in self._state.registers or key in self._state.tables}


class Parts(Schedule):
    """Devices as in every schedule, and copies of parts of the school beside them."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, memory, ("clone", "spoil"))
        self._last: dict[str, Fact] = {}
        self.copies: list[Copy] = []
        self.weights |= {"lend": 10, "scribble": 50, "bring": 16}
        ids = {kind: [*some, *MORE.get(kind, ())] for kind, some in self.world.ids.items()}
        self.theirs = World(ids, tidy=False)

    def lend(self, player: Player) -> None:
        """A device gives out a class, or gives a copy what is new."""
        if player.replica.schema < 2:
            return
        fresh = len(self.copies) < 2 and self.chance.random() < 0.5
        if fresh or not self.copies:
            kind = self.chance.choice(("school_class", "school_class", "student"))
            made = Copy(self._stream(), (kind, self.chance.choice(self.world.ids[kind])))
            self.copies.append(made)
        copy = self.chance.choice(self.copies)
        if not naive(player.replica.shown(), copy.root)[0]:
            self._write(player, self._roster(copy.root))
        self._refresh(player, copy)

    def scribble(self, _player: Player) -> None:
        """Somebody works on a copy, and on whatever else they can lay hands on."""
        if not self.copies:
            return
        copy = self.chance.choice(self.copies)
        if not copy.dots:
            return
        user = User(self.chance, NEW, self.theirs, strict=self.chance.random() < 0.7)
        diligent = self.chance.random() < 0.6  # keeps to what is theirs
        own = ("student", "placement") if diligent else tuple(NEW)
        if not (ops := user.edit({k: one for k, one in copy.records.items() if k[0] in own})):
            return
        self.tick += 50
        q = len(copy.done) + 1
        copy.done.append(Changeset(copy.stream, q, NOW + self.tick, "t", dict(copy.deps), ops))
        copy.seen.append(copy.dots)
        copy.deps.clear()
        for op in ops:
            if op.values is None:
                copy.records.pop(op.key, None)
            else:
                copy.records[op.key] = {**copy.records.get(op.key, {}), **op.values}
        self.counted["scribbles"] += 1

    def bring(self, player: Player) -> None:
        """A copy comes back, perhaps to another device than the one that gave it out."""
        if self.copies and player.replica.schema == 2:
            self._bring(player, self.chance.choice(self.copies))

    def end(self) -> None:
        """In the end every copy shows its class as the school does."""
        super().end()
        first = next((player for player in self.players if not player.bare), None)
        for copy in self.copies if first else ():
            assert first
            if not self._refresh(first, copy):
                continue
            self._bring(first, copy)
            assert self._refresh(first, copy)
            assert copy.settled == len(copy.done)
            view = first.replica.shown()
            core, around = naive(view, copy.root)
            assert copy.records.keys() == core | around
            for key, cells in copy.records.items():
                for name, cell in view[key].items():
                    target = (NEW[key[0]].links.get(name, ""), cell)
                    hidden = target in view and target not in copy.records
                    assert cells[name] == (None if hidden else cell)
            self.counted["copies at the end"] += 1

    def _roster(self, root: Key) -> tuple[Op, ...]:
        """Return students for a class, one of them placed."""
        home = root[1] if root[0] == "school_class" else self.world.ids["school_class"][0]
        some = [root[1]] if root[0] == "student" else self.world.ids["student"][:2]
        host, place = self.world.ids["enterprise"][0], self.world.ids["placement"][0]
        spell = {"start_date": "2026-03-01", "end_date": "2026-07-01", "status": "RUNNING"}
        return (
            Op("school_class", home, {"name": "甲", "head_teacher": None}),
            Op("enterprise", host, {"name": "乙", "contact": "丙", "phone": "丁", "parent": None}),
            *(
                Op("student", id, {"name": "丙", "phone": "甲", "school_class": home})
                for id in some
            ),
            Op("placement", place, {"student": some[0], "enterprise": host, **spell}),
        )

    def _refresh(self, player: Player, copy: Copy) -> bool:
        player.replica.absorb()
        eyes = _Eyes(player.replica)  # type: ignore[arg-type]
        knowledge = player.replica.knowledge()
        if any(knowledge.get(stream, 0) < q for stream, q in copy.knows.items()):
            self.counted["older than the copy"] += 1
            return False
        of = scope.part(eyes, [copy.root], NEW)
        view = player.replica.shown()
        core, around = naive(view, copy.root)
        assert (of.core, of.around) == (core, around)
        records = {key: scope.cut(cells, key[0], of.all, NEW) for key, cells in view.items()
                   if key in of.all}  # fmt: skip
        settled = transcript.settled(copy.stream, knowledge, player.replica.stream)
        data = list(excerpt.blocks(Excerpt("x", records)))
        arrived = excerpt.read(data)
        others = {key for key in view if key[0] == "student"} - core
        assert not others & arrived.records.keys()
        told = {cell for cells in arrived.records.values() for cell in cells.values()}
        assert not told & {id for _, id in others}
        copy.settled = max(copy.settled, settled)
        own = excerpt.pending(copy.done[copy.settled :])
        copy.records = dict(excerpt.refreshed(copy.records, arrived.records, own, NEW))
        copy.deps, copy.knows, copy.dots = dict(knowledge), dict(knowledge), player.dots
        self.counted["lent"] += 1
        self.counted["lent with changes under way"] += bool(own)
        return True

    def _bring(self, player: Player, copy: Copy) -> None:
        self._pack(player, {})  # no segment may build on the transcript and be built on by it
        eyes = _Eyes(player.replica)  # type: ignore[arg-type]
        knowledge = player.replica.knowledge()
        some = transcript.behind(copy.done, copy.settled)
        back = excerpt.changes(list(excerpt.change_blocks(some)))
        needs = [need for one in back for need in one.deps.items()]
        if not back or any(knowledge.get(stream, 0) < q for stream, q in needs):
            return
        settled = transcript.settled(copy.stream, knowledge, player.replica.stream)
        back = transcript.behind(back, settled)
        of = scope.part(eyes, [copy.root], NEW)
        no = scope.refused(eyes, of, [op for one in back for op in one.ops], NEW, eyes.known)
        self._judge_refusals(eyes, of, back, no)
        stream = transcript.stream_of(player.replica.stream, copy.stream)
        state = player.replica._state  # type: ignore[attr-defined]
        last = knowledge.get(stream, 0)
        made = list(transcript.written(back, stream, last, no))
        if not made:
            return
        chain = state.chain(stream)
        origin = Origin(player.replica.device, SCHOOL, 2)  # type: ignore[attr-defined]
        before = set(player.replica.registers())
        for one in segment.cut(made, chain.id if chain else "", origin):
            self.facts[one.id] = self._facts(copy, stream, segment.changesets(one))
            self.readers[one.id] = 1
            self._take(player, [one])
        new = {op.key for one in made for op in one.ops}
        assert new <= of.core | (player.replica.registers().keys() - before)
        self.counted["brought"] += 1
        self.counted["refused rows"] += len(no)
        self.counted["rows let in"] += len(new)
        self.counted["new rows let in"] += len(new - before)

    def _facts(self, copy: Copy, stream: str, made: Sequence[Changeset]) -> list[Fact]:
        """Return what the oracle is told of a transcript."""
        facts: list[Fact] = []
        for one in made:
            dots = {(stream, q) for q in range(1, one.q)}
            done = copy.seen[one.q - 1] if one.ops or one.deps else frozenset()
            fact = Fact((stream, one.q), one.at, one.ops, frozenset(dots | done))
            self.prior[fact] = self._last.get(stream)
            self._last[stream] = fact
            facts.append(fact)
        return facts

    def _judge_refusals(
        self, eyes: _Eyes, of: Part, back: list[Changeset], no: Mapping[Key, Why]
    ) -> None:
        """Whatever is refused is outside or leads there; whatever is not is inside or new."""
        said: dict[Key, list[Op]] = {}
        for op in (op for one in back for op in one.ops):
            said.setdefault(op.key, []).append(op)
        there = eyes.known(said)
        for key in said.keys() - no.keys():
            assert key in of.core or key not in there
            now = eyes.shown([key]).get(key, {})
            for op in said[key]:
                for column, cell in (op.values or {}).items():
                    target = NEW[key[0]].links.get(column, ""), cell
                    inside = target in of.all or (target in said and target not in no)
                    assert not target[0] or not cell or inside or now.get(column) == cell
        for key, why in no.items():
            if key in of.core:
                assert why is Why.BEYOND


def naive(view: View, root: Key) -> tuple[set[Key], set[Key]]:
    """Return who belongs to a class (or a student), and what they have to do with."""
    core = {
        key for key, cells in view.items()
        if key[0] == "student" and (key == root or cells.get("school_class") == root[1])
    }  # fmt: skip
    core |= {
        key for key, cells in view.items()
        if key[0] == "placement" and ("student", cells.get("student")) in core
    }  # fmt: skip
    if root[0] == "student":
        core &= {key for key in view if key == root or view[key].get("student") == root[1]}
    around = {root} & view.keys() - core
    while True:
        more = {
            (NEW[kind].links[name], cell)
            for kind, id in core | around
            for name, cell in view[kind, id].items()
            if name in NEW[kind].links and NEW[kind].links[name] not in ("student", "placement")
        }
        more = {key for key in more if key in view} - around
        if not more:
            return core, around
        around |= more


def run(seed: int) -> Counter[str]:
    """Run one schedule; an error names its seed."""
    try:
        return Parts(seed).run()
    except Exception as error:
        error.add_note(f"schedule {seed}")
        raise


if __name__ == "__main__":
    print(run(int(sys.argv[1])))  # noqa: T201

"""The same as the schedules, with every step chosen and made small by Hypothesis."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.sync.edits import COLUMNS, IDS, ops
from tests.sync.schedules import Player, Replica, Schedule, memory
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.sync.derive import KINDS
from xqhz_desktop.sync.segment import Segment

EXAMPLES = max(40, int(os.environ.get("XQHZ_SCHEDULES", "0")) // 5)
WHO = some.integers(0, 2)
KEYS = some.sampled_from([(kind, id) for kind in COLUMNS for id in IDS[kind][:2]])
WORDS = some.sampled_from(["甲", "乙"])


def newest(stream: str, number: int, _old: bool) -> Replica:
    """Return a replica of today's program."""
    return memory(stream, number, False)


class Meeting(RuleBasedStateMachine):
    """Three devices, a drawer of packages, and the oracle."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.story = Schedule(0, newest)
        self.story.players = [Player(newest(f"{n:032x}", n, False), 0) for n in range(3)]
        self.drawer: list[list[Segment]] = [[]]

    @rule(who=WHO, key=KEYS, data=some.data())
    def put(self, who: int, key: tuple[str, str], data: Any) -> None:
        """Somebody makes a record or changes it."""
        kind, player = key[0], self.story.players[who]
        names = [name for name in COLUMNS[kind] if not BY_KIND[kind].FIELDS[name].group]
        if key in player.replica.shown():
            names = data.draw(some.lists(some.sampled_from(names), min_size=1, unique=True))
        values = {name: self._value(kind, name, data) for name in names}
        self._write(player, key, values)

    @rule(who=WHO, key=KEYS)
    def remove(self, who: int, key: tuple[str, str]) -> None:
        """Somebody removes a record."""
        player = self.story.players[who]
        if key in player.replica.shown():
            self.story._write(player, ops({key: None}))

    @rule(who=WHO, alias=some.sampled_from(IDS["alias"][:3]), pair=some.permutations(range(3)))
    def merge(self, who: int, alias: str, pair: list[int]) -> None:
        """Somebody says that one enterprise is another."""
        dropped, kept = (IDS["enterprise"][n] for n in pair[:2])
        said = {"of_kind": "enterprise", "dropped": dropped, "kept": kept, "name": ""}
        self._write(self.story.players[who], ("alias", alias), said)

    @rule(giver=WHO, taker=WHO)
    def meet(self, giver: int, taker: int) -> None:
        """One tells another all it knows."""
        self.story._give(self.story.players[giver], self.story.players[taker])

    @rule(giver=WHO)
    def pack(self, giver: int) -> None:
        """Somebody makes a package and keeps it."""
        self.drawer.append(self.story._pack(self.story.players[giver], {}))

    @rule(taker=WHO, data=some.data())
    def carry(self, taker: int, data: Any) -> None:
        """A part of an old package arrives, in any order."""
        found = data.draw(some.permutations(data.draw(some.sampled_from(self.drawer))))
        cut = data.draw(some.integers(0, len(found)))
        self.story._take(self.story.players[taker], found[:cut])

    def teardown(self) -> None:
        """All meet."""
        self.story.end()

    def _value(self, kind: str, name: str, data: Any) -> Any:
        target = KINDS[kind].links.get(name)
        return data.draw(some.sampled_from([None, *IDS[target][:2]]) if target else WORDS)

    def _write(self, player: Player, key: tuple[str, str], values: dict[str, Any]) -> None:
        shown = player.replica.shown()
        if key not in shown:
            values = dict.fromkeys(COLUMNS[key[0]]) | values
        self.story._write(player, ops({key: values}))
        player.replica.absorb()
        self.story.look(player)


Meeting.TestCase.settings = settings(max_examples=EXAMPLES, stateful_step_count=30)
test_whatever_three_devices_do_they_know_and_show_what_they_must = Meeting.TestCase

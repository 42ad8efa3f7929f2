"""Devices that meet by chance know and show what an oracle says, after every step."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from tests.sync.schedules import run

COUNT = int(os.environ.get("XQHZ_SCHEDULES", "500"))
"""``XQHZ_SCHEDULES=10000 pytest tests/sync/test_schedules.py`` is the long run."""

LEAST = {
    "edits": 20_000,
    "removals": 4_000,
    "conflicts": 2_000,
    "edited and removed": 700,
    "decided": 150,
    "revived": 700,
    "hidden": 1_000,
    "led on": 300,
    "emptied": 1_000,
    "drained": 15,
    "aborted": 200,
    "refused": 500,
    "stolen": 50,
    "copied": 100,
    "bare": 50,
    "upgraded": 500,
    "fork": 50,
    "doubt": 10,
    "late packages": 1_000,
}
"""What must have happened in a thousand schedules, or they prove nothing."""


@pytest.fixture(scope="module")
def counted() -> Counter[str]:
    """Run them all; an error names the schedule."""
    total: Counter[str] = Counter()
    for seed in range(COUNT):
        total += run(seed)
    return total


def test_every_device_knows_and_shows_what_it_must(counted: Counter[str]) -> None:
    assert counted["schedules"] == COUNT


@pytest.mark.parametrize("event", LEAST)
def test_the_schedules_meet_what_can_go_wrong(counted: Counter[str], event: str) -> None:
    assert counted[event] >= LEAST[event] * COUNT // 1_000

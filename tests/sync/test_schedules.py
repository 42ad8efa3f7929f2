"""Devices that meet by chance know and show what an oracle says, after every step."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from tests.sync.schedules import run

COUNT = int(os.environ.get("XQHZ_SCHEDULES", "500"))
"""``XQHZ_SCHEDULES=10000 pytest tests/sync`` is the long run."""
BATCH = 50

FOUND = (734, 2532, 3174, 3228, 3535, 4495, 5692, 5754, 7463, 9460)
"""Schedules of long runs that failed once: each of them about copies of one stream."""

LEAST = {
    "edits": 20_000,
    "removals": 4_000,
    "conflicts": 3_000,
    "edited and removed": 800,
    "decided": 150,
    "revived": 700,
    "hidden": 1_000,
    "led on": 300,
    "emptied": 1_000,
    "drained": 100,
    "aborted": 200,
    "refused": 500,
    "stolen": 50,
    "copied": 100,
    "bare": 50,
    "upgraded": 500,
    "fork": 50,
    "doubt": 10,
    "late packages": 1_500,
}
"""What must have happened in a thousand schedules, or they prove nothing."""


@pytest.fixture(scope="module")
def counted() -> Counter[str]:
    """What happened in all of them together."""
    return Counter()


@pytest.mark.parametrize("first", range(0, COUNT, BATCH))
def test_every_device_knows_and_shows_what_it_must(first: int, counted: Counter[str]) -> None:
    for seed in range(first, min(first + BATCH, COUNT)):
        counted += run(seed)


@pytest.mark.parametrize("seed", FOUND)
def test_what_once_went_wrong_goes_well(seed: int) -> None:
    assert run(seed)["schedules"] == 1


@pytest.mark.parametrize("event", LEAST)
def test_they_meet_what_can_go_wrong(event: str, counted: Counter[str]) -> None:
    if counted["schedules"] < COUNT:
        pytest.skip("only some of the schedules were run")
    assert counted[event] >= LEAST[event] * COUNT // 1_000

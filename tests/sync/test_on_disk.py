"""The schedules over workspace files: the journal, the tables, the registers as they are kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sync.on_disk import OnDisk, created
from tests.sync.schedules import DEVICES, run

COUNT = max(40, int(os.environ.get("XQHZ_SCHEDULES", "0")) // 10)


@pytest.mark.parametrize("seed", [*range(COUNT), 95])  # 95: a copy that named its own changes
def test_workspaces_that_meet_know_and_show_what_they_must(seed: int, tmp_path: Path) -> None:
    opened: list[OnDisk] = []

    def made(stream: str, number: int, _old: bool) -> OnDisk:
        opened.append(created(tmp_path / stream, stream, DEVICES[number % len(DEVICES)]))
        return opened[-1]

    counted = run(seed, made, without=("clone", "upgrade"))
    assert counted["edits"]
    for one in opened:
        one.close()

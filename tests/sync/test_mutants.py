"""The schedules notice seeded bugs. (All of them: ``python -m tests.sync.mutants``.)"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.mutants import MUTANTS, killed
from xqhz_desktop import sync

FOLDER = Path(sync.__file__).parent
FEW = (0, 8, 32, 34, 61, 76)
"""Some of each module that do not live long."""


def test_every_seeded_bug_fits_the_code() -> None:
    for mutant in MUTANTS:
        source = (FOLDER / f"{mutant.module}.py").read_text(encoding="utf-8")
        assert source.count(mutant.text) == 1, mutant
        compile(source.replace(mutant.text, mutant.wrong), mutant.module, "exec")


@pytest.mark.parametrize("number", FEW)
def test_a_seeded_bug_is_noticed(number: int) -> None:
    assert killed(number).startswith("killed by schedule")

"""A week of a large school fits a mail, a phone's line, a tired stick."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.sync import busy_week, samples
from tests.sync.samples import OFFICE, READERS
from xqhz_desktop.sync import package, segment
from xqhz_desktop.sync.changes import Changeset

KB = 1_000


@pytest.mark.parametrize("week", [busy_week.one_by_one, busy_week.at_once])
def test_two_thousand_changed_records_are_a_small_package(
    week: Callable[[], list[Changeset]],
) -> None:
    changes = week()
    assert sum(len(one.ops) for one in changes) == 2_000
    data = package.write(busy_week.contents(changes), READERS, OFFICE)
    assert len(data) <= 160 * KB
    assert len(data) <= 0.75 * len(busy_week.zipped_json(changes))


def test_one_changed_record_is_next_to_nothing() -> None:
    data = package.write(busy_week.contents(busy_week.one_by_one()[:1]), READERS, OFFICE)
    assert len(data) <= 1.5 * KB


def test_the_week_reads_back() -> None:
    changes = busy_week.one_by_one()
    data = package.write(busy_week.contents(changes), READERS, OFFICE)
    found = package.read(data, samples.AT_TUTOR)
    assert [one for part in found.segments for one in segment.changesets(part)] == changes

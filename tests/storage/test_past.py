"""What the journal answers about records: removed, touched since, made when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.make import make
from tests.services.lists import House, house
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.services import history, records, workspace
from xqhz_desktop.storage import past


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path / "school")
    yield made
    workspace.close(made.work)


def removed(school: House) -> list[str]:
    with school.work.store.read() as reader:
        return [entry.record for _step, entry in past.removed(reader.cursor)]


def test_removed_records_come_newest_first_and_can_be_asked_for_by_id(school: House) -> None:
    first = school.placements[0].id
    records.remove(school.work, "placement", [first])
    step = records.remove(school.work, "enterprise", [school.second.id])
    assert removed(school) == [school.second.id, first]
    with school.work.store.read() as reader:
        ((number, entry),) = past.removed(reader.cursor, [school.second.id, "nobody"])
    assert (number, entry.kind) == (step, "enterprise")
    assert entry.before is not None
    assert entry.before["name"] == school.second.name


def test_a_record_whose_making_was_undone_was_never_removed(school: House) -> None:
    school.save(make(Enterprise, name="栖澜青川酒店", uscc=""))
    history.undo(school.work)
    assert removed(school) == []


def test_the_newest_step_since_is_told_for_each_record(school: House) -> None:
    start = school.save(school.first.but(note="甲"))
    school.save(school.first.but(note="乙"))
    last = school.save(school.first.but(note="丙"))
    with school.work.store.read() as reader:
        ids = [school.first.id, school.second.id]
        since = past.touched_since(reader.cursor, start, ids)
    assert {record: step.number for record, step in since.items()} == {school.first.id: last}


def test_a_field_was_assigned_by_people_unless_that_was_undone(school: House) -> None:
    start = school.save(school.first.but(note="甲"))
    with school.work.store.read() as reader:
        ids = [school.first.id]
        assert past.assigned_since(reader.cursor, start, "phone", ids) == set()
    school.save(school.first.but(note="甲", phone=""))
    with school.work.store.read() as reader:
        assert past.assigned_since(reader.cursor, start, "phone", ids) == {school.first.id}
        assert past.assigned_since(reader.cursor, start, "note", ids) == set()
    history.undo(school.work)
    with school.work.store.read() as reader:
        assert past.assigned_since(reader.cursor, start, "phone", ids) == set()


def test_the_step_that_made_a_record_is_known(school: House) -> None:
    made = make(Enterprise, name="栖澜青川酒店", uscc="")
    number = school.save(made)
    school.save(made.but(note="甲"))
    with school.work.store.read() as reader:
        assert past.made_in(reader.cursor, "enterprise", made.id) == number
        assert past.made_in(reader.cursor, "enterprise", "nobody") == 0

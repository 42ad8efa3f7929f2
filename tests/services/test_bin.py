"""The recycle bin: what was removed, what belonged to it, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.make import make
from tests.services.lists import House, house
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.services import belongings, bin, history, merging, records, workspace


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path / "school")
    yield made
    workspace.close(made.work)


def names(school: House) -> list[str]:
    return [one.name for one in bin.contents(school.work)]


def all_records(school: House) -> dict[str, list[object]]:
    with school.work.store.read() as reader:
        return {
            kind: sorted(reader.all(kind), key=lambda one: one.id)
            for kind in ("enterprise", "position", "mentor", "placement", "student", "school_class")
        }


def test_what_belongs_to_a_record_is_counted_however_deep(school: House) -> None:
    assert records.dependents(school.work, "enterprise", school.first.id, deep=True) == {
        "position": 1,
        "mentor": 1,
        "placement": 3,
    }
    found = belongings.belongings(school.work, "school_class", [school.room.id])
    assert (dict(found.removed), dict(found.cleared)) == ({"batch_class": 1}, {"student": 3})


def test_a_record_with_belongings_is_removed_only_when_that_is_asked_for(school: House) -> None:
    with pytest.raises(UserError, match="still belong to it"):
        records.remove(school.work, "enterprise", [school.first.id])
    records.remove(school.work, "enterprise", [school.first.id], whole=True)
    assert [school.count(kind) for kind in ("enterprise", "position", "placement")] == [1, 0, 0]
    assert school.count("student") == 3
    history.undo(school.work)
    assert school.count("placement") == 3


def test_removing_a_class_whole_leaves_its_students_without_a_class(school: House) -> None:
    before = all_records(school)
    records.remove(school.work, "school_class", [school.room.id], whole=True)
    assert [school.now(one).school_class for one in school.students] == ["", "", ""]
    bin.restore(school.work, [school.room.id])
    assert all_records(school) == before


def test_the_bin_says_what_when_by_whom_and_what_belonged_to_it(school: House) -> None:
    step = records.remove(
        school.work, "enterprise", [school.first.id], whole=True, reason="重复录入"
    )
    found = {one.id: one for one in bin.contents(school.restarted().work)}
    host = found[school.first.id]
    assert (host.kind, host.name, host.by) == ("enterprise", school.first.name, "周敏")
    assert (host.step, host.reason) == (step, "重复录入")
    assert host.belonging == {"position": 1, "mentor": 1, "placement": 3}
    assert found[school.placements[0].id].name == "张晨怡"
    assert [one.id for one in bin.contents(school.work, "mentor")] == [school.mentor.id]


def test_the_newest_comes_first_and_what_came_back_is_not_listed(school: House) -> None:
    records.remove(school.work, "placement", [one.id for one in school.placements])
    records.remove(school.work, "student", [school.students[2].id])
    assert names(school)[0] == "王国伟"
    assert len(names(school)) == 4
    history.undo(school.work)
    assert len(names(school)) == 3


def test_what_never_was_is_not_in_the_bin(school: House) -> None:
    school.save(make(Staff, name="岑远"))
    history.undo(school.work)
    assert names(school) == []
    history.redo(school.work)
    assert names(school) == []


def test_a_restored_record_removed_by_undo_is_in_the_bin_again(school: House) -> None:
    records.remove(school.work, "enterprise", [school.second.id])
    bin.restore(school.work, [school.second.id])
    assert names(school) == []
    history.undo(school.work)
    assert names(school) == [school.second.name]


def test_children_come_back_on_request_as_one_step(school: House) -> None:
    before = all_records(school)
    records.remove(school.work, "enterprise", [school.first.id], whole=True)
    bin.restore(school.work, [school.first.id], whole=True)
    assert all_records(school) == before
    history.undo(school.work)
    assert school.count("placement") == 0


def test_children_removed_earlier_for_other_reasons_stay_unless_chosen(school: House) -> None:
    early, *_rest = school.placements
    records.remove(school.work, "placement", [early.id])
    records.remove(school.work, "enterprise", [school.first.id], whole=True)
    assert early.id in [one.id for one in bin.belonging(school.work, [school.first.id])]
    bin.restore(school.work, [school.first.id], whole=True)
    assert school.count("placement") == 2
    bin.restore(school.work, [early.id])
    assert school.now(early) == early


def test_a_child_alone_is_refused_with_what_has_to_come_back_too(school: House) -> None:
    records.remove(school.work, "enterprise", [school.first.id], whole=True)
    one = school.placements[0]
    with pytest.raises(bin.Needed, match="鹿石机械") as refused:
        bin.restore(school.work, [one.id])
    missing = [each.id for each in refused.value.missing]
    assert set(missing) == {school.first.id, school.post.id, school.mentor.id}
    assert {each.id for each in bin.needed(school.work, [one.id])} == set(missing)
    bin.restore(school.work, [one.id, *missing])
    assert school.now(one) == one
    assert school.count("placement") == 1


def test_an_optional_link_to_what_is_gone_can_stay_empty(school: House) -> None:
    tutor = make(Staff, name="岑远")
    one = school.placements[0].but(tutor=tutor.id)
    school.save(tutor, one)
    records.remove(school.work, "placement", [one.id])
    records.remove(school.work, "staff", [tutor.id])
    with pytest.raises(bin.Needed, match="岑远"):
        bin.restore(school.work, [one.id])
    bin.restore(school.work, [one.id], bare=True)
    assert school.now(one) == one.but(tutor="")


def test_a_record_of_a_merged_enterprise_comes_back_to_the_one_it_is_now(school: House) -> None:
    one = school.placements[0]
    records.remove(school.work, "placement", [one.id])
    merging.merge(school.work, "enterprise", school.second.id, school.first.id)
    assert [each.id for each in bin.contents(school.work)] == [one.id]
    bin.restore(school.work, [one.id])
    assert school.now(one).enterprise == school.second.id


def test_only_what_is_in_the_bin_can_be_brought_back(school: House) -> None:
    with pytest.raises(NotFound, match="not in the recycle bin"):
        bin.restore(school.work, [school.first.id])

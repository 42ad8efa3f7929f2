"""Two records made one, and separated again: nothing is lost on the way there or back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.make import make
from tests.services.lists import House, house
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.records import new_id
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.services import duplicates, history, merging, records, workspace
from xqhz_desktop.storage import journal

CODE = "91500112MA60000019"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path / "school")
    yield made
    workspace.close(made.work)


def everything(school: House) -> dict[str, list[object]]:
    with school.work.store.read() as reader:
        return {
            kind: sorted(reader.all(kind), key=lambda one: one.id)
            for kind in ("enterprise", "student", "position", "mentor", "placement", "alias")
        }


def hosts(school: House) -> list[str]:
    return [school.now(one).enterprise for one in school.placements]


def test_the_twins_of_a_school_are_found_with_a_reason(school: House) -> None:
    (pair,) = duplicates.candidates(school.work, "enterprise")
    assert {pair.one.id, pair.other.id} == {school.first.id, school.second.id}
    assert [str(one) for one in pair.reasons] == [
        "Same name apart from place, brackets or legal form"
    ]
    assert duplicates.candidates(school.work, "student") == []


def test_a_pair_told_apart_is_not_shown_again_until_that_is_undone(school: House) -> None:
    duplicates.dismiss(school.work, "enterprise", school.second.id, school.first.id)
    assert duplicates.candidates(school.restarted().work, "enterprise") == []
    history.undo(school.work)
    assert len(duplicates.candidates(school.work, "enterprise")) == 1


def test_a_kind_without_twins_is_refused_in_words(school: House) -> None:
    with pytest.raises(NotFound, match="Enterprises, Students"):
        duplicates.candidates(school.work, "position")


def test_side_by_side_shows_what_differs_what_is_missing_and_what_moves(school: House) -> None:
    seen = merging.beside(school.work, "enterprise", school.second.id, school.first.id)
    lines = {line.field: (line.kept, line.dropped, line.take) for line in seen.lines}
    assert lines["contact"] == ("岑远", "", False)
    assert lines["phone"] == ("", "023-55550101", False)  # one group: another's phone is no gain
    assert dict(seen.moving) == {"mentor": 1, "position": 1, "placement": 3}


def test_merging_moves_everything_in_one_step_and_remembers_the_name(school: House) -> None:
    before = len(history.steps(school.work))
    merging.merge(school.work, "enterprise", school.second.id, school.first.id)
    assert len(history.steps(school.work)) == before + 1
    assert school.now(school.first) is None
    assert hosts(school) == [school.second.id] * 3
    assert school.now(school.post).enterprise == school.second.id
    assert school.now(school.mentor).enterprise == school.second.id
    assert school.now(school.second).former_names == "霁川市鹿石机械有限公司"


def test_chosen_values_are_taken_over_and_checked(school: House) -> None:
    with pytest.raises(InvalidRecord):
        merging.merge(school.work, "enterprise", school.second.id, school.first.id, {"uscc": "123"})
    assert school.now(school.first) == school.first
    merging.merge(
        school.work,
        "enterprise",
        school.second.id,
        school.first.id,
        {"name": school.first.name, "phone": school.first.phone},
    )
    kept = school.now(school.second)
    assert (kept.name, kept.phone) == (school.first.name, school.first.phone)
    assert kept.former_names == school.second.name


def test_empty_fields_are_filled_from_the_one_that_goes(school: House) -> None:
    twin = make(Student, name="张晨怡", student_no="", phone="13800138000", note="走读")
    school.save(twin)
    merging.merge(school.work, "student", school.students[0].id, twin.id)
    kept = school.now(school.students[0])
    assert (kept.phone, kept.note, kept.student_no) == ("13800138000", "走读", "20240100")


def test_separating_brings_everything_back_also_after_a_restart(school: House) -> None:
    before = everything(school)
    alias = merging.merge(school.work, "enterprise", school.second.id, school.first.id)
    school.restarted()
    merging.unmerge(school.work, alias.id)
    assert everything(school) == before


def test_separating_leaves_alone_what_people_did_since(school: House) -> None:
    third = make(Enterprise, name="栖澜青川酒店", uscc="")
    merging.merge(
        school.work, "enterprise", school.second.id, school.first.id, {"note": "合并", "phone": "1"}
    )
    moved, later, stays = school.placements
    school.save(third, school.now(moved).but(enterprise=third.id))
    school.save(school.now(later).but(note="换了宿舍"))
    school.save(school.now(school.second).but(note="改过"))
    made = make(type(stays), student=stays.student, enterprise=school.second.id)
    school.save(made.but(start_date=date(2026, 9, 1)))
    merging.unmerge(school.restarted().work, school.first.id)
    assert hosts(school) == [third.id, school.first.id, school.first.id]
    assert school.now(later).note == "换了宿舍"
    assert school.now(made).enterprise == school.second.id
    kept = school.now(school.second)
    assert (kept.note, kept.phone, kept.former_names) == ("改过", "", "")


def test_what_people_pointed_elsewhere_and_back_stays(school: House) -> None:
    merging.merge(school.work, "enterprise", school.second.id, school.first.id)
    third = make(Enterprise, name="栖澜青川酒店", uscc="")
    moved = school.placements[0]
    school.save(third, school.now(moved).but(enterprise=third.id))
    school.save(school.now(moved).but(enterprise=school.second.id))
    merging.unmerge(school.work, school.first.id)
    assert hosts(school) == [school.second.id, school.first.id, school.first.id]


def test_what_was_moved_and_undone_goes_back_with_the_rest(school: House) -> None:
    merging.merge(school.work, "enterprise", school.second.id, school.first.id)
    third = make(Enterprise, name="栖澜青川酒店", uscc="")
    school.save(third, school.now(school.placements[0]).but(enterprise=third.id))
    history.undo(school.work)
    merging.unmerge(school.work, school.first.id)
    assert hosts(school) == [school.first.id] * 3


def test_merges_in_a_row_are_separated_the_last_one_first(school: House) -> None:
    third = make(Enterprise, name="鹿石机械厂", uscc="")
    school.save(third)
    before = everything(school)
    merging.merge(school.work, "enterprise", school.second.id, school.first.id)
    merging.merge(school.work, "enterprise", third.id, school.second.id)
    with school.work.store.read() as reader:
        assert merging.resolve(reader, "enterprise", school.first.id) == third.id
        assert merging.resolve(reader, "enterprise", "nobody") == "nobody"
    with pytest.raises(UserError, match="into another record since") as refused:
        merging.unmerge(school.work, school.first.id)
    assert refused.value.code == "MERGED_SINCE"
    newest, first = merging.merged(school.work)
    assert (newest.kept, first.name, first.by) == (third.id, school.first.name, "周敏")
    merging.unmerge(school.work, newest.alias)
    merging.unmerge(school.work, first.alias)
    assert everything(school) == before
    assert merging.merged(school.work) == []


def test_a_merge_is_undone_and_done_again_like_any_step(school: House) -> None:
    before = everything(school)
    merging.merge(school.work, "enterprise", school.second.id, school.first.id)
    history.undo(school.work)
    assert everything(school) == before
    history.redo(school.work)
    merging.unmerge(school.work, school.first.id)
    assert everything(school) == before


def test_a_member_merged_into_its_group_does_not_belong_to_itself(school: House) -> None:
    records.save(school.work, school.second.but(parent=school.first.id))
    merging.merge(school.work, "enterprise", school.second.id, school.first.id)
    assert school.now(school.second).parent == ""
    merging.unmerge(school.work, school.first.id)
    assert school.now(school.second).parent == school.first.id


def test_a_record_is_not_merged_with_itself_or_with_nobody(school: House) -> None:
    with pytest.raises(UserError, match="two different"):
        merging.merge(school.work, "enterprise", school.first.id, school.first.id)
    with pytest.raises(NotFound):
        merging.merge(school.work, "enterprise", school.first.id, new_id())
    with pytest.raises(NotFound):
        merging.unmerge(school.work, school.first.id)


def test_merging_says_of_the_kept_record_that_it_stays(school: House) -> None:
    person, twin = make(Student, name="陈一"), make(Student, name="陈一")
    for one in (person, twin):
        records.save(school.work, one)
    merging.merge(school.work, "student", person.id, twin.id)
    with school.work.store.read() as reader:
        number = history.steps(school.work)[0].number
        entries = {one.record: one for one in journal.entries(reader.cursor, number)}
    # An edit that changes nothing: another copy that removes it meanwhile does not win.
    assert (entries[person.id].before, entries[person.id].after) == ({}, {})

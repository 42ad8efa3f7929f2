"""The sample school: the same for the same seed, sound, made up, and messy on purpose."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from xqhz_desktop import paths
from xqhz_desktop.domain import identity
from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.domain.layout import ExportLayout
from xqhz_desktop.domain.own import KINDS, Definitions
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.errors import Cancelled
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import attaching, records, sample, twins, workspace
from xqhz_desktop.services.columns import offered
from xqhz_desktop.services.sample.numbers import Numbers
from xqhz_desktop.services.workspace import Work

TODAY = date(2026, 3, 5)

WELL_KNOWN = Path(__file__).with_name("well_known_companies.txt")
"""Companies everybody knows: none of them may appear in the sample school."""


@pytest.fixture(scope="module")
def made() -> list[Record]:
    return list(sample.school(today=TODAY))


def of(made: list[Record], kind: str) -> list[Any]:
    return [one for one in made if kind == one.KIND]


def counties_gone() -> dict[str, int]:
    """County codes with the last year they were in use; 9999 where one still is."""
    last: dict[str, int] = defaultdict(int)
    with paths.resource("codes", "gbt2260_history.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            last[row["code"]] = max(last[row["code"]], int(row["end_year"] or 9999))
    return last


def interns_at_once(placements: list[Any]) -> int:
    days = {one.start_date for one in placements}
    counted = [one for one in placements if one.status.name != "CANCELLED"]
    return max(
        (sum(one.start_date <= day <= one.end_date for one in counted) for day in days), default=0
    )


def test_the_same_seed_gives_the_same_school_record_for_record(made: list[Record]) -> None:
    assert list(sample.school(today=TODAY)) == made


def test_another_seed_gives_another_school(made: list[Record]) -> None:
    other = list(sample.school(seed=2, today=TODAY))
    assert not {one.id for one in other} & {one.id for one in made}
    assert [one.name for one in of(other, "student")] != [one.name for one in of(made, "student")]


def test_more_students_leave_the_first_enterprises_as_they_are(made: list[Record]) -> None:
    larger = list(sample.school(students=2400, today=TODAY))
    names = [one.name for one in of(made, "enterprise")]
    assert [one.name for one in of(larger, "enterprise")][: len(names)] == names


def test_it_has_the_size_of_a_real_school(made: list[Record]) -> None:
    counts = Counter(one.KIND for one in made)
    assert counts["school"] == 1
    assert counts["department"] == 6
    assert counts["major"] == 12
    assert counts["school_class"] == 30
    assert counts["student"] == 1200
    assert counts["staff"] == 60
    assert counts["enterprise"] == 80
    assert 150 <= counts["position"] <= 250
    assert counts["placement_batch"] == 3
    assert of(made, "school")[0].supervision_phone


@pytest.mark.parametrize(("students", "years"), [(1, 1), (10, 3), (300, 2), (600, 8)])
def test_it_can_be_small_or_span_many_years(students: int, years: int) -> None:
    school = list(sample.school(students=students, years=years, today=TODAY))
    assert len(of(school, "student")) == students
    assert len({one.enrol_year for one in of(school, "school_class")}) == years
    assert not [one for one in school if one.problems()]


@pytest.mark.parametrize(
    "today", [date(2024, 2, 29), date(2026, 8, 31), date(2026, 9, 1), date(2031, 12, 31)]
)
def test_it_fits_any_day(today: date) -> None:
    school = list(sample.school(students=300, today=today))
    assert not [one for one in school if one.problems()]
    stages = sorted(
        "ended" if one.end_date < today else "planned" if one.start_date > today else "running"
        for one in of(school, "placement_batch")
    )
    assert stages == ["ended", "planned", "running"]


def test_every_record_is_sound(made: list[Record]) -> None:
    assert not [(one.called, one.problems()) for one in made if one.problems()]


def test_ids_are_distinct_and_of_version_7(made: list[Record]) -> None:
    ids = [one.id for one in made]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}", id) for id in ids)


def test_parents_come_before_children(made: list[Record]) -> None:
    seen: dict[str, str] = {}
    for one in made:
        for field, kind in references(type(one)).items():
            target = getattr(one, field)
            assert not target or seen.get(target) == kind, f"{one.KIND}.{field}"
        seen[one.id] = one.KIND


def test_no_resident_id_was_ever_issued(made: list[Record]) -> None:
    gone = counties_gone()
    numbers = [one.id_no for one in of(made, "student") if one.id_no and one.id_type == "1"]
    assert len(numbers) > 1100
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        born = identity.born(number)
        assert born is not None
        assert gone[number[:6]] < born.year


def test_no_credit_code_was_ever_issued(made: list[Record]) -> None:
    gone = counties_gone()
    codes = [one.uscc for one in of(made, "enterprise") if one.uscc]
    assert len(set(codes)) == len(codes) > 60
    assert all(gone[code[2:8]] < 2000 for code in codes)


def test_no_phone_was_ever_assigned(made: list[Record]) -> None:
    phones = [
        getattr(one, field)
        for one in made
        for field in one.FIELDS
        if field.endswith("phone") and getattr(one, field)
    ]
    assert all(re.fullmatch(r"1660000\d{3,4}|026-0\d{7}", phone) for phone in phones)
    many = Numbers(1)
    later = [many.phone() for _ in range(20_000)]
    assert len(set(later)) == 20_000
    assert all(re.fullmatch(r"1660000\d{4}|164\d{8}", phone) for phone in later)


def test_no_enterprise_bears_the_name_of_one_that_exists() -> None:
    enterprises = of(list(sample.school(students=9000, today=TODAY)), "enterprise")
    names = [one.name for one in enterprises]
    assert len(set(names)) == len(names) == 600
    texts = [
        paths.resource("samples", name).read_text(encoding="utf-8")
        for name in ("special_enterprises.csv", "sectors.csv", "words.json")
    ]
    texts += [f"{one.name} {one.former_names} {one.short_name}" for one in enterprises]
    known = WELL_KNOWN.read_text(encoding="utf-8").split()
    assert not [name for name in known for text in texts if name in text]


def test_the_places_in_enterprise_names_are_invented(made: list[Record]) -> None:
    invented = ("霁川", "栖澜", "朔屿", "砚浦")
    assert all(one.name.startswith(invented) for one in of(made, "enterprise"))
    regions = paths.resource("codes", "gbt2260_history.csv").read_text(encoding="utf-8")
    assert not [name for name in invented if name in regions]


def test_groups_have_companies_and_companies_have_sites(made: list[Record]) -> None:
    by_id = {one.id: one for one in of(made, "enterprise")}
    above = Counter(
        (one.level.name, by_id[one.parent].level.name) for one in by_id.values() if one.parent
    )
    assert above["COMPANY", "GROUP"] >= 5
    assert above["SITE", "COMPANY"] >= 2


def test_an_enterprise_without_a_code_says_why(made: list[Record]) -> None:
    without = [one for one in of(made, "enterprise") if not one.uscc]
    assert without
    assert all(one.no_code_reason for one in without)
    assert any(one.former_names for one in of(made, "enterprise"))
    assert max(len(one.name) for one in of(made, "enterprise")) > 50


def test_placements_lie_in_their_batch_and_fit_their_position(made: list[Record]) -> None:
    batches = {one.id: one for one in of(made, "placement_batch")}
    positions = {one.id: one for one in of(made, "position")}
    members = {(one.batch, one.school_class) for one in of(made, "batch_class")}
    classes = {one.id: one.school_class for one in of(made, "student")}
    for one in of(made, "placement"):
        batch = batches[one.batch]
        assert batch.start_date <= one.start_date <= one.end_date
        assert one.end_date <= batch.end_date
        assert (one.batch, classes[one.student]) in members
        assert not one.position or positions[one.position].enterprise == one.enterprise


def test_no_position_takes_more_than_it_offers(made: list[Record]) -> None:
    places = {one.id: one.headcount for one in of(made, "position")}
    taken = Counter((one.batch, one.position) for one in of(made, "placement") if one.position)
    assert all(n <= places[position] for (_, position), n in taken.items())


def test_about_sixty_students_of_the_next_batch_wait_for_a_place(made: list[Record]) -> None:
    batch = next(one for one in of(made, "placement_batch") if one.start_date > TODAY)
    classes = {one.school_class for one in of(made, "batch_class") if one.batch == batch.id}
    due = {
        one.id
        for one in of(made, "student")
        if one.school_class in classes and one.status is StudentStatus.ENROLLED
    }
    placed = {one.student for one in of(made, "placement") if one.batch == batch.id}
    assert placed < due
    assert 50 <= len(due - placed) <= 75


def test_one_enterprise_takes_more_than_a_tenth_of_its_staff(made: list[Record]) -> None:
    by_host: dict[str, list[Any]] = defaultdict(list)
    for one in of(made, "placement"):
        by_host[one.enterprise].append(one)
    over = [
        one.name
        for one in of(made, "enterprise")
        if one.staff_total
        and (interns_at_once(by_host[one.id]) + (one.other_interns or 0)) * 10 > one.staff_total
    ]
    assert over == ["霁川砺行精密机械加工厂"]
    assert any(one.staff_total is None for one in of(made, "enterprise"))


def test_minors_come_of_age_during_the_placement(made: list[Record]) -> None:
    students = {one.id: one for one in of(made, "student")}
    running = next(
        one for one in of(made, "placement_batch") if one.start_date <= TODAY <= one.end_date
    )
    turning = {
        students[one.student].name
        for one in of(made, "placement")
        if one.batch == running.id
        and students[one.student].age_on(one.start_date) < 18
        and students[one.student].age_on(one.end_date) >= 18
    }
    assert "周小满" in turning
    assert len(turning) > 30
    assert all(one.age_on(one.enrol_date) >= 14 for one in students.values())


def test_the_messy_corners_of_a_roster_are_there(made: list[Record]) -> None:
    students: list[Student] = of(made, "student")
    names = {one.name for one in students}
    assert {
        "李𬱖",
        "王䶮",
        "陈㛃",
        "郑𬭎",
        "刘𫘝",
        "阿卜杜热合曼·阿卜杜克热木",
        "Elena Marinova",
    } <= names
    in_class = Counter((one.school_class, one.name) for one in students)
    assert {name for (_, name), n in in_class.items() if n > 1} >= {"张伟", "李雨桐", "吴思远"}
    assert any(not one.phone for one in students)
    assert any(not one.id_no for one in students)
    assert any(not one.guardian_name for one in students)
    assert {one.status.name for one in students} >= {"SUSPENDED", "WITHDRAWN", "TRANSFERRED"}
    assert {one.name_pinyin for one in students} >= {"shan yu tong", "mo qi qing"}
    advised = {one.name: set(records.advice(one)) for one in students if records.advice(one)}
    assert advised == {"单雨桐": {"sex"}, "何小雨": {"phone"}}


def test_some_facts_are_missing_from_placements(made: list[Record]) -> None:
    placements = of(made, "placement")
    for field in ("position", "tutor", "mentor", "weekly_hours", "allowance"):
        missing = sum(not getattr(one, field) for one in placements)
        assert 0 < missing < len(placements) / 5, field


def test_a_workspace_with_the_sample_school_opens_again(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    work = sample.make(
        tmp_path / "demo", students=120, progress=lambda done, all: told.append((done, all))
    )
    workspace.close(work)
    assert told[-1] == (120, 120)
    again = workspace.opened(tmp_path / "demo")
    with again.store.read() as reader:
        assert reader.count("student") == 120
        assert all(one.head for one in of(list(reader.all("department")), "department"))
        assert reader.count("school") == 1
    assert again.sample
    assert again.actor.name == "周敏"
    workspace.close(again)


def test_nothing_stays_of_a_sample_school_that_was_stopped(tmp_path: Path) -> None:
    def stop(done: int, _all: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        sample.make(tmp_path / "demo", students=900, progress=stop)
    assert not (tmp_path / "demo").exists()


def test_a_folder_with_other_files_keeps_them(tmp_path: Path) -> None:
    mine = tmp_path / "notes.txt"
    mine.write_text("mine", encoding="utf-8")

    def stop(_done: int, _all: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        sample.make(tmp_path, students=30, progress=stop)
    assert mine.read_text(encoding="utf-8") == "mine"


def test_the_last_day_of_a_batch_is_a_sunday(made: list[Record]) -> None:
    for one in of(made, "placement_batch"):
        assert one.start_date.weekday() == 0
        assert (one.end_date + timedelta(1)).weekday() == 0


def test_its_export_layouts_have_only_columns_there_are(work: Work) -> None:
    everything = list(sample.school(students=40, today=TODAY))
    some = [one for one in everything if isinstance(one, ExportLayout)]
    assert {one.of_kind for one in some} == {"placement", "student", "enterprise", "score"}
    records.save_all(work, [one for one in everything if one.KIND in KINDS], Message("Test"))
    with work.store.read() as reader:
        for one in some:
            assert set(one.names) <= set(offered(reader, one.of_kind))


def test_own_fields_of_the_sample_school_hold_values_of_their_kind(made: list[Record]) -> None:
    fields, choices = of(made, "own_field"), of(made, "own_choice")
    known = Definitions(tuple(fields), tuple(choices))
    for kind in {one.of_kind for one in fields}:
        for field in known.of(kind).values():
            filled = [one for one in of(made, kind) if one.value(field) not in (None, "", False)]
            assert 0.3 < len(filled) / len(of(made, kind)) < 0.95, field.label
            assert not [one for one in filled if field.problem(one.value(field))]
            assert not field.retired & {getattr(one.value(field), "name", "") for one in filled}


def test_an_enterprise_and_a_student_were_entered_twice(made: list[Record]) -> None:
    (hosts,) = twins.enterprises(of(made, "enterprise"))
    assert {hosts.one.called, hosts.other.called} == {
        "霁川砚川汽车服务有限公司",
        "霁川市砚川汽车服务有限责任公司",
    }
    surest = twins.students(of(made, "student"))[0]
    assert surest.one.called == surest.other.called
    assert "Same phone" in map(str, surest.reasons)


def test_some_records_of_a_sample_school_have_files(tmp_path: Path) -> None:
    work = sample.make(tmp_path / "s", students=80)
    with work.store.read() as reader:
        found = [one for one in reader.all("attachment") if isinstance(one, Attachment)]
    contents = [attaching.read(work, one) for one in found]
    assert {one.of_kind for one in found} >= {"placement", "enterprise", "placement_batch", "score"}
    assert all(data[:4] in (b"%PDF", b"\x89PNG") for data in contents)
    workspace.close(work)

"""The papers of a batch: what is missing, the students' files, the inspection binder."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.make import make
from tests.services.placements import ADULT, END, MINOR, START, SmallSchool
from tests.services.test_assessing import place
from xqhz_desktop.domain import BY_KIND, papers
from xqhz_desktop.domain.agreement import Tripartite, TripartiteState
from xqhz_desktop.domain.assessment import Grade, Score
from xqhz_desktop.domain.attachment import Attachment, DocumentType
from xqhz_desktop.domain.insurance import Cover, Policy
from xqhz_desktop.domain.papers import Level
from xqhz_desktop.domain.placement import Arrangement, Lodging, PlacementStatus
from xqhz_desktop.domain.preparation import Application, ApplicationState, Consent, ConsentState
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import language
from xqhz_desktop.reports.kit import Edition, Purpose
from xqhz_desktop.services import (
    archiving,
    attaching,
    binder,
    bundle,
    checklist,
    columns,
    history,
    workspace,
)
from xqhz_desktop.services.attaching import Given

ZH = Edition(printed_on=date(2026, 9, 20))


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    made = SmallSchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def attach(school: SmallSchool, owner: Record, name: str, data: bytes) -> Attachment:
    given = Given(name, data, attaching.usual_type(name))
    return attaching.attach(school.work, owner.KIND, owner.id, [given])[0]


def levels(school: SmallSchool) -> dict[str, Level]:
    (line,) = checklist.of_batch(school.work, school.batch.id)
    return {one.document.name: one.level for one in line.papers}


def unpacked(place: Path) -> set[str]:
    if place.is_dir():
        return {one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()}
    with zipfile.ZipFile(place) as packed:
        return set(packed.namelist())


def words(file: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(file).pages)


def test_an_adult_placed_by_the_school_needs_four_papers(school: SmallSchool) -> None:
    place(school, *school.students(1, ADULT), end_date=END, status=PlacementStatus.AGREEING)
    assert levels(school) == dict.fromkeys(
        ("agreement", "consent", "insurance", "training"), Level.MISSING
    )


def test_a_minor_with_an_own_place_and_a_rented_room_needs_more(school: SmallSchool) -> None:
    traits = {"arrangement": Arrangement.SELF, "lodging": Lodging.OUTSIDE}
    place(school, *school.students(1, MINOR), status=PlacementStatus.PLANNED, **traits)
    assert {"guardian", "application", "lodging"} <= levels(school).keys()


def test_after_the_end_report_and_score_are_asked_for(school: SmallSchool) -> None:
    place(school, *school.students(1), status=PlacementStatus.ENDED)
    assert {"report", "score"} <= levels(school).keys()


def test_papers_turn_from_red_over_amber_to_green(school: SmallSchool) -> None:
    (student,) = school.students(1)
    leg = place(school, student, end_date=END, status=PlacementStatus.AGREEING)
    agreement = make(Tripartite, placement=leg.id, state=TripartiteState.SIGNING)
    consent = make(Consent, student=student, batch=school.batch.id, state=ConsentState.PRINTED)
    policy = make(Policy, start_date=START, end_date=date(2026, 5, 1))
    school.add(agreement, consent, policy, make(Cover, policy=policy.id, student=student))
    found = levels(school)
    assert {found[one] for one in ("agreement", "consent", "insurance")} == {Level.STARTED}
    school.add(
        agreement.but(state=TripartiteState.EFFECTIVE),
        consent.but(state=ConsentState.RETURNED),
        policy.but(end_date=END),
    )
    found = levels(school)
    assert {found[one] for one in ("agreement", "consent", "insurance")} == {Level.READY}


def test_a_scan_attached_to_the_placement_is_the_paper(school: SmallSchool) -> None:
    leg = place(school, *school.students(1), status=PlacementStatus.AGREEING)
    attach(school, leg, "三方协议.pdf", b"scan")
    found = levels(school)
    assert (found["agreement"], found["consent"]) == (Level.READY, Level.MISSING)


def test_a_request_counts_once_the_school_has_approved_it(school: SmallSchool) -> None:
    (student,) = school.students(1)
    place(school, student, arrangement=Arrangement.SELF)
    asked = make(Application, student=student, batch=school.batch.id, state=ApplicationState.ASKED)
    school.add(asked)
    assert levels(school)["application"] is Level.STARTED
    school.add(asked.but(state=ApplicationState.ACCEPTED))
    assert levels(school)["application"] is Level.READY


@pytest.mark.parametrize(
    ("kind", "type", "name", "item"),
    [
        ("placement", DocumentType.AGREEMENT, "scan001.pdf", 1),
        ("placement_batch", DocumentType.OTHER, "2026实习方案.pdf", 2),
        ("placement", DocumentType.REPORT, "张三实习报告.docx", 3),
        ("score", DocumentType.OTHER, "scan002.pdf", 4),
        ("placement", DocumentType.REPORT, "第三周周记.jpg", 5),
        ("visit", DocumentType.PHOTO, "IMG_1.jpg", 6),
        ("placement", DocumentType.REPORT, "实习总结.pdf", 7),
        ("placement", DocumentType.PHOTO, "IMG_2.jpg", 8),
        ("placement", DocumentType.OTHER, "something.bin", 8),
        ("consent", DocumentType.OTHER, "scan003.pdf", 9),
    ],
)
def test_every_file_has_its_item_in_the_official_order(
    kind: str, type: DocumentType, name: str, item: int
) -> None:
    one = make(Attachment, of_kind=kind, name=name, type=type)
    assert papers.item_of(one).number == item


def test_student_files_stand_by_year_class_and_name_with_index_and_hashes(
    school: SmallSchool, tmp_path: Path
) -> None:
    school.add(school.school_class.but(enrol_year=2023))
    (student,) = school.students(1, name="林冲", student_no="20230101")
    leg = place(school, student)
    school.add(make(Score, student=student, placement=leg.id, total=88, grade=Grade.GOOD))
    attach(school, leg, "三方协议.pdf", b"scan of the agreement")
    attach(school, school.batch, "实习方案.pdf", b"the plan")
    out = tmp_path / "out"
    made = archiving.write(school.work, school.batch.id, out, ZH)
    assert (made.students, made.absent) == (1, 0)
    own = "2023级/23数控1班/林冲_20230101"
    assert f"{own}/01 实习三方协议/三方协议.pdf" in unpacked(out)
    sums = (out / bundle.HASHES).read_text(encoding="utf-8").splitlines()
    assert len(sums) == len(unpacked(out)) - 1
    for line in sums:
        hash, _blank, path = line.partition("  ")
        assert hashlib.sha256((out / path).read_bytes()).hexdigest() == hash
    (index,) = (out / own).glob("00*.pdf")
    said = words(index)
    assert "实习三方协议" in said
    assert "88" in said  # the score is told though there is no form yet


def test_what_belongs_to_all_is_written_once(school: SmallSchool, tmp_path: Path) -> None:
    for student in school.students(3):
        place(school, student)
    attach(school, school.batch, "实习方案.pdf", b"the plan")
    archiving.write(school.work, school.batch.id, tmp_path / "out", ZH)
    plans = [one for one in unpacked(tmp_path / "out") if one.endswith("实习方案.pdf")]
    assert len(plans) == 1


def test_names_of_minors_are_covered_in_what_leaves_the_school(
    school: SmallSchool, tmp_path: Path
) -> None:
    for born, name in ((ADULT, "林冲"), (MINOR, "小方")):
        place(school, *school.students(1, born, name=name))
    outside = Edition(purpose=Purpose.REPORT, printed_on=date(2026, 4, 1))
    archiving.write(school.work, school.batch.id, tmp_path / "out.zip", outside)
    said = "\n".join(unpacked(tmp_path / "out.zip"))
    assert "林冲" in said
    assert "小方" not in said
    assert "小＊" in said


def test_a_stopped_archive_leaves_nothing_behind(school: SmallSchool, tmp_path: Path) -> None:
    for student in school.students(3):
        place(school, student)

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    for name in ("out", "out.zip"):
        with pytest.raises(Cancelled):
            archiving.write(school.work, school.batch.id, tmp_path / name, ZH, stop)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["school"]


def test_what_stands_there_already_is_not_overwritten(school: SmallSchool, tmp_path: Path) -> None:
    place(school, *school.students(1))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(UserError):
        archiving.write(school.work, school.batch.id, tmp_path / "out", ZH)
    assert unpacked(tmp_path / "out") == {"mine.txt"}


def test_a_file_changed_behind_our_back_is_named_and_left_out(
    school: SmallSchool, tmp_path: Path
) -> None:
    leg = place(school, *school.students(1))
    one = attach(school, leg, "三方协议.pdf", b"as it was signed")
    attaching.contents(school.work).place(one.sha256).write_bytes(b"something else")
    made = archiving.write(school.work, school.batch.id, tmp_path / "out", ZH)
    assert made.absent == 1
    assert not any("三方协议.pdf" in one for one in unpacked(tmp_path / "out"))


def test_the_journal_says_that_files_were_written_and_for_whom(
    school: SmallSchool, tmp_path: Path
) -> None:
    place(school, *school.students(1))
    archiving.write(school.work, school.batch.id, tmp_path / "out", ZH)
    step = history.steps(school.work)[0]
    assert "2026春季" in language("en").say(step.title)
    assert step.reason == language("zh_CN").say(Purpose.INTERNAL)


def test_the_binder_numbers_its_lists_and_keeps_the_files_beside_them(
    school: SmallSchool, tmp_path: Path
) -> None:
    (student,) = school.students(1, name="林冲")
    leg = place(school, student)
    agreement = make(Tripartite, placement=leg.id)
    school.add(agreement)
    attach(school, agreement, "扫描件.pdf", b"scan")
    made = binder.write(school.work, school.batch.id, tmp_path / "out.zip", ZH)
    found = unpacked(tmp_path / "out.zip")
    assert made.files == len(found) - 1  # the list of hashes does not count itself
    assert "01 实习学生花名册.pdf" in found
    assert "07 三方协议台账/07-001 扫描件.pdf" in found
    assert not any(one.startswith("03") for one in found)  # nothing was assessed on site


def test_every_list_of_the_binder_has_columns_there_are(school: SmallSchool) -> None:
    with school.work.store.read() as reader:
        for section in papers.binder():
            assert columns.chosen(reader, BY_KIND[section.kind], section.columns)


def test_a_batch_without_placements_is_no_archive(school: SmallSchool, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        archiving.write(school.work, school.batch.id, tmp_path / "out", ZH)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("bad", ["a/../../b.pdf", "con|?.pdf", "  .pdf", "长" * 300 + ".pdf"])
def test_any_name_becomes_one_every_system_takes(bad: str, tmp_path: Path) -> None:
    with bundle.bundle(tmp_path / "out") as out:
        for _turn in range(2):
            out.put((bad, bad), b"x")
    files = [one for one in (tmp_path / "out").rglob("*") if one.is_file()]
    assert len(files) == 3
    assert all(len(one.name) < 80 for one in files)

"""A student goes to another school: a sealed file with their records, papers and files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.make import make
from tests.services.laptops import Laptop, office
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.errors import BadPackage, NotFound
from xqhz_desktop.services import attaching, dossiers, history, workspace

ID = "110103190001011235"
"""Of a county code abolished long ago: nobody's."""


@dataclass
class Leaver:
    """A student who leaves, with a placement and a scan, and one who stays."""

    student: Student
    stays: Student
    firm: Enterprise
    placement: Placement
    scan: str


@pytest.fixture
def leaver(first: Laptop) -> Leaver:
    home, tutor = make(SchoolClass, name="23数控1班"), make(Staff, name="林老师", phone="1380000")
    student = make(Student, name="张三", school_class=home.id, id_no=ID, phone="13800000001")
    stays = make(Student, name="李四", school_class=home.id)
    firm = make(Enterprise, name="栖澜精密", uscc="91110000MA0000001X")
    placed = make(Placement, student=student.id, enterprise=firm.id, tutor=tutor.id, note="早班")
    first.save(home, tutor, student, stays, firm, placed)
    given = [attaching.pasted("协议.pdf", b"scan")]
    (scan,) = attaching.attach(first.work, "placement", placed.id, given)
    return Leaver(student, stays, firm, placed, scan.id)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Laptop]:
    """Another school's laptop."""
    made = office(tmp_path / "other school")
    yield made
    workspace.close(made.work)


def test_a_student_arrives_with_placements_and_files(
    first: Laptop, other: Laptop, leaver: Leaver, tmp_path: Path
) -> None:
    home = make(SchoolClass, name="24数控3班")
    other.save(home)
    made = dossiers.make(first.work, [leaver.student.id], tmp_path / "张三")
    seen = dossiers.look(other.work, made.file, made.words)
    assert (seen.school, seen.students, seen.files) == ("星河职校", ("张三",), 1)
    assert other.now(leaver.student) is None
    dossiers.take_in(other.work, made.file, made.words, school_class=home.id)
    assert other.now(leaver.student) == leaver.student.but(school_class=home.id)
    assert other.now(leaver.placement) == leaver.placement.but(tutor="")
    assert other.now(leaver.firm) == leaver.firm
    assert attaching.read(other.work, attaching.find(other.work, leaver.scan)) == b"scan"


def test_nobody_else_and_nothing_of_the_school_goes_along(
    first: Laptop, other: Laptop, leaver: Leaver, tmp_path: Path
) -> None:
    made = dossiers.make(first.work, [leaver.student.id], tmp_path / "张三")
    before = len(other.all())
    dossiers.take_in(other.work, made.file, made.words)
    assert other.now(leaver.stays) is None
    assert {key[0] for key in other.all()} >= {"student", "placement", "enterprise", "attachment"}
    assert len(other.all()) == before + 4
    assert not {"23数控1班", "林老师"} & {one.called for one in other.all().values()}


def test_whom_the_other_school_knows_already_is_filled_in_and_not_overwritten(
    first: Laptop, other: Laptop, leaver: Leaver, tmp_path: Path
) -> None:
    here = make(Student, name="张三", id_no=ID, phone="13999999999", guardian_name="")
    firm = make(Enterprise, name="栖澜精密机械", uscc="91110000MA0000001X")
    other.save(here, firm)
    first.save(leaver.student.but(guardian_name="张父"))
    made = dossiers.make(first.work, [leaver.student.id], tmp_path / "张三")
    seen = dossiers.look(other.work, made.file, made.words)
    assert seen.known == {"student": ["张三"], "enterprise": ["栖澜精密机械"]}
    dossiers.take_in(other.work, made.file, made.words)
    assert other.now(here).phone == "13999999999"
    assert other.now(here).guardian_name == "张父"
    assert other.now(leaver.student) is None
    placed = other.now(leaver.placement)
    assert (placed.student, placed.enterprise) == (here.id, firm.id)


def test_the_same_file_again_changes_nothing(
    first: Laptop, other: Laptop, leaver: Leaver, tmp_path: Path
) -> None:
    made = dossiers.make(first.work, [leaver.student.id], tmp_path / "张三")
    dossiers.take_in(other.work, made.file, made.words)
    once = other.all()
    dossiers.take_in(other.work, made.file, made.words)
    assert other.all() == once


def test_taking_over_is_one_step_and_can_be_undone(
    first: Laptop, other: Laptop, leaver: Leaver, tmp_path: Path
) -> None:
    made = dossiers.make(first.work, [leaver.student.id], tmp_path / "张三")
    before = other.all()
    number = dossiers.take_in(other.work, made.file, made.words)
    history.undo(other.work, number)
    assert other.all() == before


@pytest.mark.parametrize("words", ["", "苹果 香蕉", "apple " * 8])
def test_without_the_words_nobody_reads_it(
    first: Laptop, other: Laptop, leaver: Leaver, words: str, tmp_path: Path
) -> None:
    made = dossiers.make(first.work, [leaver.student.id], tmp_path / "张三")
    with pytest.raises(BadPackage) as refused:
        dossiers.look(other.work, made.file, words)
    assert refused.value.code == "WRONG_WORDS"
    assert "张三".encode() not in made.file.read_bytes()


def test_a_file_changed_on_the_way_is_refused(
    first: Laptop, other: Laptop, leaver: Leaver, tmp_path: Path
) -> None:
    made = dossiers.make(first.work, [leaver.student.id], tmp_path / "张三")
    data = bytearray(made.file.read_bytes())
    data[len(data) // 2] ^= 1
    made.file.write_bytes(bytes(data))
    with pytest.raises(BadPackage):
        dossiers.take_in(other.work, made.file, made.words)


def test_the_student_is_marked_as_transferred_where_asked(
    first: Laptop, leaver: Leaver, tmp_path: Path
) -> None:
    dossiers.make(first.work, [leaver.student.id], tmp_path / "a")
    assert first.now(leaver.student).status is StudentStatus.ENROLLED
    dossiers.make(first.work, [leaver.student.id], tmp_path / "b", leaves=True)
    assert first.now(leaver.student).status is StudentStatus.TRANSFERRED


def test_that_a_package_was_made_stands_in_the_history(
    first: Laptop, leaver: Leaver, tmp_path: Path
) -> None:
    dossiers.make(first.work, [leaver.student.id], tmp_path / "a")
    assert history.steps(first.work, 1)[0].title.values == {"names": ["张三"]}


def test_a_student_must_be_chosen(first: Laptop, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        dossiers.make(first.work, [], tmp_path / "a")

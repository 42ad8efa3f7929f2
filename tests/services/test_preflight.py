"""The check before the start: what is complete, what is missing, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.make import make
from tests.services.ready import TODAY, ReadySchool
from xqhz_desktop.domain.attachment import DocumentType
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.preparation import Conclusion, Filing, FilingKind, FilingState
from xqhz_desktop.domain.preparation import SiteAssessment as Visit
from xqhz_desktop.domain.readiness import Item, State
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import language
from xqhz_desktop.reports.kit import Edition, Output
from xqhz_desktop.services import attaching, preflight, preflight_paper, workspace
from xqhz_desktop.services.attaching import Given
from xqhz_desktop.services.preflight import Matrix

S = PlacementStatus
EN = language("en")


@pytest.fixture
def school(tmp_path: Path) -> Iterator[ReadySchool]:
    made = ReadySchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def read(school: ReadySchool, today: date = TODAY) -> Matrix:
    return preflight.read(school.work, school.batch, today)


def test_a_batch_with_everything_has_no_gap_but_what_is_named(school: ReadySchool) -> None:
    school.interns(3)
    matrix = read(school)
    (host,) = matrix.hosts
    assert {item for item, n in matrix.totals.items() if n} == {Item.GUIDANCE}
    assert host.cells[Item.GUIDANCE].missing == 3
    assert host.cells[Item.ASSESSING].state is State.LATER


def test_gaps_of_interns_count_one_by_one_and_those_of_the_enterprise_once(
    school: ReadySchool,
) -> None:
    school.interns(2)
    school.interns(3, ready=False)
    school.add(make(Visit, enterprise=school.enterprise.id, conclusion=Conclusion.REFUSE))
    matrix = read(school)
    (host,) = matrix.hosts
    assert (host.cells[Item.CONSENT].missing, host.cells[Item.CONSENT].total) == (3, 5)
    assert host.cells[Item.CONSENT].partly
    assert matrix.totals[Item.SITE] == 1
    assert matrix.totals[Item.AGREEMENT] == 3
    assert matrix.gaps == 1 + 4 * 3 + 5
    assert len(matrix.interns) == 5
    assert [row.cells[Item.SITE].missing for row in matrix.interns] == [1] * 5


def test_closed_legs_and_cancelled_placements_are_left_out(school: ReadySchool) -> None:
    old, gone, _here = school.interns(3)
    new = old.but(id="0" * 32, continues=old.id)
    school.add(old.but(status=S.ENDED), new, gone.but(status=S.CANCELLED))
    assert {row.id for row in read(school).interns} == {new.id, _here.id}


def test_another_province_needs_a_filing_of_its_own(school: ReadySchool) -> None:
    school.interns(1)
    with school.work.store.read() as reader:
        (home,) = (one for one in reader.all("school") if isinstance(one, School))
    school.add(home.but(region="500112"), school.enterprise.but(region="510104"))
    (host,) = read(school).hosts
    assert host.away
    assert host.cells[Item.FILING].state is State.MISSING
    far = make(Filing, kind=FilingKind.CROSS_PROVINCE, state=FilingState.FILED)
    school.add(far.but(batch=school.batch.id))
    assert read(school).hosts[0].cells[Item.FILING].state is State.DONE


def test_a_cell_leads_to_its_records_and_files_and_names_who_is_missing(
    school: ReadySchool,
) -> None:
    ready, _bare = school.interns(1)[0], school.interns(1, ready=False)[0]
    with school.work.store.read() as reader:
        (paper,) = reader.all("tripartite", placement=ready.id)
    scan = Given("三方协议.pdf", b"%PDF-1.4", DocumentType.AGREEMENT)
    attaching.attach(school.work, "tripartite", paper.id, [scan])
    matrix = read(school)
    found = preflight.proof(school.work, matrix, matrix.hosts[0], Item.AGREEMENT)
    assert (found.done, found.total, found.records) == (1, 2, 1)
    assert [one.name for one in found.without] == ["学生00"]
    assert [one.name for one in found.papers] == ["三方协议.pdf"]
    assert found.query.kind == "tripartite"


@pytest.mark.parametrize("item", Item)
def test_every_cell_leads_somewhere(school: ReadySchool, item: Item) -> None:
    school.interns(1)
    matrix = read(school)
    found = preflight.proof(school.work, matrix, matrix.hosts[0], item)
    assert found.total == 1


def test_the_gaps_are_written_as_a_list_of_names(school: ReadySchool, tmp_path: Path) -> None:
    school.interns(2, ready=False)
    matrix = read(school)
    count = preflight_paper.write(matrix, matrix.hosts, tmp_path / "gaps.xlsx", EN)
    sheet = load_workbook(tmp_path / "gaps.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    listed = [row for row in rows if row[0] == "Informed consent"]
    assert [row[2] for row in listed] == ["学生00", "学生01"]
    assert count == 5 * 2


def test_the_matrix_is_printed_with_its_gaps(school: ReadySchool) -> None:
    school.interns(2, ready=False)
    matrix = read(school)
    paper = preflight_paper.drawn(school.work, matrix, matrix.hosts, Edition(Output.ZH_CN))
    assert paper.data.startswith(b"%PDF")
    assert (paper.told, paper.missing) == (1, {})


def test_signs_tell_the_states_apart() -> None:
    cell = preflight.Cell
    cells = (
        cell(State.DONE),
        cell(State.MISSING, 2, 5),
        cell(State.MISSING, 5, 5),
        cell(State.LATER),
        cell(State.NONE),
    )
    assert [preflight_paper.mark(one, EN) for one in cells] == ["√", "−2", "×", "○", "–"]


def test_a_placement_without_a_batch_is_judged_by_itself(school: ReadySchool) -> None:
    host = make(Enterprise, name="望岳精工有限公司", uscc="")
    lone = make(Placement, student=school.students(1)[0], enterprise=host.id, batch="")
    school.add(host, lone)
    with school.work.store.read() as reader:
        line = preflight.proofs.of_placements(reader, [lone.id], TODAY)[lone.id]
    assert line.states[Item.PLAN] is State.NONE
    assert line.states[Item.SITE] is State.MISSING

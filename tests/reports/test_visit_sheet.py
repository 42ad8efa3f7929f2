"""The blank sheet of a visit: filled in by hand, scanned, and found again by its code."""

from __future__ import annotations

from pathlib import Path

from tests.make import make
from tests.reports.papers import opened
from xqhz_desktop.domain.guidance import Visit
from xqhz_desktop.domain.school import School
from xqhz_desktop.reports import scans
from xqhz_desktop.reports.kit import Edition, Output, printed
from xqhz_desktop.reports.visit_sheet import Blank, VisitQuestions, Visits, tell


def blank(visit: Visit, interns: int) -> Blank:
    names = [(f"学生{n:02}", "23数控1班") for n in range(interns)]
    return Blank(visit, "霁川云和机械有限公司", "砚池路 5 号", "王五", "秋季", "吴指导", names)


def paper(*blanks: Blank, output: Output = Output.ZH_CN) -> bytes:
    edition = Edition(output)
    return printed(tell(Visits(make(School), blanks), VisitQuestions(), edition), edition).data


def text_of(data: bytes) -> str:
    return "".join(page.extract_text() for page in opened(data).pages)


def test_the_code_on_a_scan_names_the_visit(tmp_path: Path) -> None:
    visits = [make(Visit), make(Visit)]
    file = tmp_path / "sheets.pdf"
    file.write_bytes(paper(*(blank(one, 3) for one in visits)))
    marks = [page.mark for page in scans.pages(file)]
    assert [(one.kind, one.record) for one in marks if one] == [("visit", one.id) for one in visits]


def test_everybody_there_has_a_box_to_tick() -> None:
    said = text_of(paper(blank(make(Visit), 36)))
    assert "学生00" in said
    assert "学生35" in said


def test_of_a_crowd_only_the_number_is_said() -> None:
    said = text_of(paper(blank(make(Visit), 37)))
    assert "学生00" not in said
    assert "37" in said


def test_the_sheet_speaks_english_and_both(tmp_path: Path) -> None:
    for output in (Output.EN, Output.BILINGUAL):
        file = tmp_path / f"{output.name}.pdf"
        file.write_bytes(paper(blank(make(Visit), 12), output=output))
        assert len(list(scans.pages(file))) == 1

"""The register of 5,000 rows against bare operators: ``pytest tests/benchmarks -s``.

The floor spells the same cells with the same fonts at fixed places: it breaks no line, measures
nothing and knows no pages. The goal is at most twice its time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from time import process_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfdoc import PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from tests.reports.papers import BILINGUAL, Office, rows
from xqhz_desktop.reports.fonts import shipped
from xqhz_desktop.reports.kit import printed
from xqhz_desktop.reports.register import RegisterQuestions, tell
from xqhz_desktop.reports.roster import Roster

ROWS, A_PAGE, GOAL = 5_000, 21, 2.0


@pytest.fixture(scope="module")
def paper() -> Roster:
    return tell(Office(rows(ROWS)), RegisterQuestions(batch="b"), BILINGUAL)


def floor(paper: Roster) -> bytes:
    """Draw the same cells with raw operators, without wrapping."""
    stream = BytesIO()
    song = shipped().style("Song")
    canvas = Canvas(stream, landscape(A4), pageCompression=0, initialFontName="Song")
    canvas._doc.defaultStreamFilters = [PDFZCompress]
    for start in range(0, len(paper.rows), A_PAGE):
        operators = ["BT"]
        for line, cells in enumerate(paper.rows[start : start + A_PAGE]):
            for column, (main, small) in enumerate(cells):
                operators.append(f"1 0 0 1 {30 + 65 * column} {550 - 25 * line} Tm")
                for tag, codes in song.shown(main, canvas._doc):
                    operators.append(f"/{tag} 9 Tf<{codes}>Tj")
                operators.append("0 -9 Td")
                for tag, codes in song.shown(small, canvas._doc):
                    operators.append(f"/{tag} 7 Tf<{codes}>Tj")
        canvas._code.append("\n".join([*operators, "ET"]))
        canvas._code += [f"30 {560 - 25 * line} m 810 {560 - 25 * line} l S" for line in range(22)]
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_the_register_takes_at_most_twice_the_floor(
    paper: Roster, benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    floor(paper), printed(paper, BILINGUAL)  # fonts are open, as after the first paper
    bare, ours = [], []
    for _ in range(5):
        bare.append(_seconds(lambda: floor(paper)))
        ours.append(_seconds(lambda: printed(paper, BILINGUAL)))
    benchmark.pedantic(lambda: printed(paper, BILINGUAL), rounds=1)
    ratio = min(ours) / min(bare)
    benchmark.extra_info.update(floor=min(bare), register=min(ours), ratio=ratio, goal=GOAL)
    with capsys.disabled():
        sys.stdout.write(
            f"\nregister of {ROWS} rows: {min(ours):.2f} s CPU, floor {min(bare):.2f} s, "
            f"ratio {ratio:.2f} (goal {GOAL:g})\n"
        )


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start

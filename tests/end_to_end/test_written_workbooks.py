"""Every workbook the program writes opens as it is in LibreOffice, and can do nothing there."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.make import make
from tests.spreadsheets.files import HEADER, STUDENT, workbook
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import CODES, Language, Message, language
from xqhz_desktop.services import exporting, importing, reconcile, records
from xqhz_desktop.services.exporting import Layout
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.read import read
from xqhz_desktop.storage.queries import Query

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

both = pytest.mark.parametrize("code", CODES)

LIVE = (
    '=HYPERLINK("http://x","点我")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "<b>&amp;'\"</b>",
    "http://example.invalid/",
    "{=1}",
)
"""Texts a spreadsheet program would like to do something with."""


def hostile(entity: type[Record], said: str, **fixed: Any) -> Record:
    """Return a record with such a text in every field that takes one."""
    free = (Kind.TEXT, Kind.NOTE, Kind.CODE)
    texts = {
        name: said
        for name, field in entity.FIELDS.items()
        if field.kind in free and field.check is None
    }
    return make(entity, **{**texts, **fixed})


def school(work: Work) -> None:
    some: list[Record] = []
    for number, said in enumerate(LIVE):
        student = hostile(Student, said, id_no="", student_no=f"{number:04}")
        host = hostile(Enterprise, said, uscc="", parent="")
        placed = hostile(Placement, said, student=student.id, enterprise=host.id)
        some += [student, host, placed.but(position="", mentor="", tutor="", batch="")]
    records.save_all(work, some, Message("Import"))


def returned(work: Work, folder: Path, lang: Language) -> Iterator[Path]:
    """Yield the user's own workbook with its errors marked, the failing rows, a comparison."""
    rows = [(f"{n}", said, "男", "12345", said) for n, said in enumerate(LIVE)]
    own = workbook(folder / "own.xlsx", ("24级花名册",), HEADER, STUDENT, *rows)
    staged = importing.stage(work, importing.understand(own, "student"))
    for name, write in (("marked", exporting.marked), ("failing", exporting.failing)):
        write(staged, folder / f"{name}.xlsx", lang)
        yield folder / f"{name}.xlsx"
    done = reconcile.compare(work, Query("student"), reconcile.read(own, "student"))
    reconcile.write(done, folder / "compared.xlsx", lang)
    yield folder / "compared.xlsx"


def written(work: Work, folder: Path, lang: Language) -> list[Path]:
    """Write every workbook the program writes, in one language."""
    school(work)
    found = []
    for kind in importing.IMPORTABLE:
        found.append(folder / f"template-{kind}.xlsx")
        exporting.template(kind, found[-1], lang)
    for kind in BY_KIND:
        found.append(folder / f"{kind}.xlsx")
        exporting.export(work, Query(kind), found[-1], Layout((), "internal", lang, totals=True))
    return [*found, *returned(work, folder, lang)]


def cells(path: Path) -> dict[str, list[tuple[int, list[Any]]]]:
    """Return what stands in the rows of a workbook, by sheet; line ends are all alike."""
    return {
        sheet.name: [
            (
                number,
                _trimmed(
                    [re.sub(r"\r\n?", "\n", one) if isinstance(one, str) else one for one in row]
                ),
            )
            for number, row in sheet.rows
            if any(one not in (None, "") for one in row)
        ]
        for sheet in read(path)
    }


def _trimmed(row: list[Any]) -> list[Any]:
    while row and row[-1] in (None, ""):
        row.pop()
    return [None if one == "" else one for one in row]


@both
def test_no_workbook_has_a_formula_a_link_or_a_macro(work: Work, tmp_path: Path, code: str) -> None:
    for path in written(work, tmp_path, language(code)):
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                assert "vba" not in name.lower()
                assert "externalLink" not in name
                if name.startswith("xl/worksheets/"):
                    xml = book.read(name).decode()
                    assert not re.search(r"<f[ >/]|<hyperlink|<oleObject", xml), f"{path} {name}"


@both
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (libreoffice-calc) is not installed")
def test_libreoffice_reads_every_workbook_as_it_is(work: Work, tmp_path: Path, code: str) -> None:
    paths = written(work, tmp_path, language(code))
    out, profile = tmp_path / "out", tmp_path / "profile"
    kept = f"-env:UserInstallation={profile.as_uri()}"
    wanted = ["--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    run = subprocess.run(
        [str(OFFICE), kept, *wanted, *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr
    for path in paths:
        assert cells(out / path.name) == cells(path), path.name

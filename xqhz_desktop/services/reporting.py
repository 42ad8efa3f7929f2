"""Papers: a report's questions answered from the workspace and drawn as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.layout import ExportLayout
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Sex
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import Message
from xqhz_desktop.reports import REPORTS
from xqhz_desktop.reports.kit import Edition, Printed, Purpose, Report, printed, quiet
from xqhz_desktop.reports.record_list import Listed
from xqhz_desktop.reports.register import PlacementRow, RegisterOrder
from xqhz_desktop.services import columns, undecided
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.storage.store import Reader

Progress = Callable[[int, int], None]

_STATED = frozenset({"placement", "student"})
"""What papers are about: while copies disagree about these, none leaves the school."""

_PAGE = 500

_ORDERS = {
    RegisterOrder.CLASS: "c.sort_key, s.student_no",
    RegisterOrder.STUDENT_NO: "s.student_no",
    RegisterOrder.NAME: "s.sort_key",
    RegisterOrder.ENTERPRISE: "e.sort_key, c.sort_key, s.student_no",
}

_ROWS = """
SELECT s.student_no, s.name, s.sex, m.name, m.name_en, c.name, e.name, e.name_en, o.name,
       p.start_date, p.end_date, t.name, s.phone, p.status
FROM placement p
JOIN student s ON s.id = p.student
JOIN enterprise e ON e.id = p.enterprise
LEFT JOIN position o ON o.id = p.position
LEFT JOIN staff t ON t.id = p.tutor
LEFT JOIN school_class c ON c.id = s.school_class
LEFT JOIN major m ON m.id = c.major
"""


@dataclass(frozen=True)
class Papers:
    """What reports read, on one snapshot of the workspace."""

    reader: Reader

    def school(self) -> School | None:
        """Return the school of the workspace."""
        return next((one for one in self.reader.all("school") if isinstance(one, School)), None)

    def batch(self, key: str) -> PlacementBatch | None:
        """Return a batch by its id."""
        found = self.reader.get("placement_batch", key)
        return found if isinstance(found, PlacementBatch) else None

    def listed(self, layout: str) -> Listed:
        """Return what a layout lists, or the usual one; columns that are gone are left out."""
        chosen = _layout(self.reader, layout)
        kind = chosen.of_kind
        there = columns.offered(self.reader, kind)
        some = [there[name] for name in chosen.names if name in there]
        values = columns.Values(self.reader, some)
        rows: list[list[Any]] = []
        found = queries.found(self.reader, Query(kind), most=None).rows
        for start in range(0, len(found), _PAGE):
            page = queries.rows(self.reader, kind, found[start : start + _PAGE])
            rows += values.of([row.record for row in page if row])
        heads = [(one.label, one.field) for one in values.columns]
        return Listed(chosen.name, BY_KIND[kind].PLURAL, heads, rows)

    def placement_rows(
        self, batch: str, school_class: str, on: date | None, order: RegisterOrder
    ) -> Iterable[PlacementRow]:
        """Return placements with the names of what they point to, in order."""
        conditions, values = ["1"], []
        if batch:
            conditions.append("p.batch = ?")
            values.append(batch)
        if school_class:
            conditions.append("s.school_class = ?")
            values.append(school_class)
        if on:
            conditions.append("p.start_date <= ? AND coalesce(p.end_date, '9999') >= ?")
            values.extend((on.isoformat(), on.isoformat()))
        where = " AND ".join(conditions)
        found = self.reader.cursor.execute(
            f"{_ROWS} WHERE {where} ORDER BY {_ORDERS[order]}, p.start_date, p.row", values
        )
        for row in found:
            yield _row(row)


def report(name: str) -> Report:
    """Return a report by its name; raise NotFound with the names there are."""
    for one in REPORTS:
        if one.name == name:
            return one
    raise NotFound(
        Message(
            "There is no report “{name}”. Reports: {known}.",
            name=name, known=[one.name for one in REPORTS],
        ),
        code="NO_REPORT",
    )  # fmt: skip


def draw(work: Work, answers: Record, edition: Edition, progress: Progress = quiet) -> Printed:
    """Return the report these are answers to as a PDF; nothing of it touches the disk."""
    asked = next(one for one in REPORTS if one.asks is type(answers))
    with work.store.read() as reader:
        if edition.purpose is not Purpose.INTERNAL:
            undecided.refuse(reader, _STATED)
        return printed(asked.tell(Papers(reader), answers, edition), edition, progress)


def _layout(reader: Reader, id: str) -> ExportLayout:
    """Return a layout by its id, else the usual one or the first; raise where there is none."""
    some = [one for one in reader.all("export_layout") if isinstance(one, ExportLayout)]
    some.sort(key=lambda one: (one.id != id, not one.usual, one.name))
    if not some:
        raise NotFound(
            Message("There are no export layouts yet. Save one when you export a list."),
            code="NO_LAYOUT",
        )
    return some[0]


def _row(row: tuple[str | None, ...]) -> PlacementRow:
    text = [cell or "" for cell in row]
    first, last = row[9], row[10]
    return PlacementRow(
        student_no=text[0],
        name=text[1],
        sex=Sex.__members__.get(text[2], Sex.UNKNOWN),
        major=text[3],
        major_en=text[4],
        class_name=text[5],
        enterprise=text[6],
        enterprise_en=text[7],
        position=text[8],
        start_date=date.fromisoformat(first) if first else None,
        end_date=date.fromisoformat(last) if last else None,
        tutor=text[11],
        phone=text[12],
        status=PlacementStatus.__members__.get(text[13], PlacementStatus.PLANNED),
    )

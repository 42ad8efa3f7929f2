"""迎检包: the lists and files of a batch that inspectors ask for, numbered, in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import BY_KIND, papers
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.papers import Level, Section
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.reports import record_list
from xqhz_desktop.reports.file_index import Entry, Index, tell
from xqhz_desktop.reports.kit import Edition, Printed, printed, quiet
from xqhz_desktop.reports.record_list import Listed, ListQuestions
from xqhz_desktop.services import batch_files, bundle, checklist, columns
from xqhz_desktop.services.archiving import Written, found_batch, note
from xqhz_desktop.services.bundle import Bundle
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.storage.store import Reader

Progress = Callable[[int, int], None]
_PAGE = 500
_TITLE = N_("Inspection binder")
GAPS = N_("Papers that are missing")


@dataclass(frozen=True)
class _One:
    """What the list report reads: one list, and whose it is."""

    owner: School
    list: Listed

    def school(self) -> School:
        """Return the school."""
        return self.owner

    def listed(self, _layout: str) -> Listed:
        """Return the list."""
        return self.list


def write(
    work: Work, batch: str, target: Path, edition: Edition, progress: Progress = quiet
) -> Written:
    """Write the binder of a batch into a new zip or folder, whole or not at all; raise UserError.

    A list without rows keeps its number, so that its place is seen to be empty.
    """
    sections = papers.binder()
    with work.store.read() as reader, bundle.bundle(target) as out:
        plan, school = found_batch(reader, batch, edition)
        writing = _Writing(work, reader, plan, (school, edition))
        for done, section in enumerate(sections):
            progress(done, len(sections) + 1)
            writing.section(out, section, partial(progress, done, len(sections) + 1))
        progress(len(sections), len(sections) + 1)
        writing.gaps(out, len(sections) + 1)
        writing.finish(out)
        written = Written(target, writing.students, out.count, writing.absent)
    note(work, N_("Inspection binder written: {batch}"), plan, edition)
    progress(len(sections) + 1, len(sections) + 1)
    return written


def gaps(school: School, lines: Sequence[checklist.Line], edition: Edition) -> Printed:
    """Return who lacks which papers as a list on paper."""
    titles = (N_("Student number"), N_("Student"), N_("Class"), N_("Enterprise"))
    heads = [(Message(one), Field(Kind.TEXT, one)) for one in titles]
    heads += [(Message(level.value), Field(Kind.NOTE, level.value)) for level in LACKING]
    rows = [
        [one.student_no, one.name, one.class_name, one.enterprise, *lacking(one, edition.main)]
        for one in lines
    ]
    title = edition.main.say(GAPS)
    return _drawn(school, Listed(title, BY_KIND["placement"].PLURAL, heads, rows), edition)


LACKING = (Level.MISSING, Level.STARTED)
"""The levels of papers that are not there yet."""


def lacking(line: checklist.Line, lang: Language) -> list[str]:
    """Return the papers of a line that are missing, and those on their way, each as one text."""
    some = ([one for one in line.papers if one.level is level] for level in LACKING)
    return [lang.say(N_(", ")).join(lang.say(one.document.label) for one in part) for part in some]


def _drawn(school: School, listed: Listed, edition: Edition) -> Printed:
    return printed(record_list.tell(_One(school, listed), ListQuestions(), edition), edition)


class _Writing:
    """Writes the sections of one binder and remembers what its index says."""

    def __init__(
        self, work: Work, reader: Reader, batch: PlacementBatch, by: tuple[School, Edition]
    ) -> None:
        self._work, self._reader, self._batch = work, reader, batch
        self._school, self._edition = by
        self._entries: list[Entry] = []
        rows = reader.cursor.execute(
            "SELECT id, student, enterprise FROM placement WHERE batch = ? AND status <> ?",
            (batch.id, "CANCELLED"),
        ).fetchall()
        self._ids = {
            "batch": [batch.id],
            "placement": [row[0] for row in rows],
            "student": list(dict.fromkeys(row[1] for row in rows)),
            "enterprise": list(dict.fromkeys(row[2] for row in rows)),
        }
        self.students, self.absent = len(self._ids["student"]), 0

    def section(self, out: Bundle, section: Section, tick: Callable[[], None]) -> None:
        """Write a list and the files of its records."""
        found = self._records(section)
        said, number = self._edition.main.say, f"{section.number:02}"
        label = said(section.label)
        file = ""
        if found:
            title = f"{number} {label}"
            file = out.put((f"{title}.pdf",), self._list(section, found))
        rows = Message(NN_("{n} row", "{n} rows"), n=len(found))
        self._entries.append(Entry(number, label, file, "", said(rows)))
        for place, one in enumerate(self._files(section, found), 1):
            tick()
            data = batch_files.content(self._work, one)
            name = f"{number}-{place:03} {one.name}"
            day = one.day.isoformat() if one.day else ""
            if data is None:
                self.absent += 1
                self._entries.append(Entry("", one.name, "", day, said(N_("not here"))))
            else:
                path = out.put((f"{number} {label}", name), data)
                self._entries.append(Entry("", said(one.type), path, day))

    def gaps(self, out: Bundle, number: int) -> None:
        """Write who lacks which papers."""
        lines = [one for one in checklist.lines(self._reader, self._batch.id) if one.lacking]
        said = self._edition.main.say
        title = said(GAPS)
        data = gaps(self._school, lines, self._edition).data if lines else b""
        file = out.put((f"{number:02} {title}.pdf",), data) if lines else ""
        remark = Message(NN_("{n} student", "{n} students"), n=len(lines))
        self._entries.append(Entry(f"{number:02}", title, file, "", said(remark)))

    def finish(self, out: Bundle) -> None:
        """Write the index of the binder."""
        said = self._edition.main.say
        text = NN_("{batch}, {n} student", "{batch}, {n} students")
        about = said(Message(text, batch=self._batch.name, n=self.students))
        index = Index(self._school, said(_TITLE), about, self._entries)
        title = said(N_("Index"))
        out.put((f"00 {title}.pdf",), printed(tell(index, self._edition), self._edition).data)

    def _records(self, section: Section) -> list[Record]:
        """Return the records of a section, as its list orders them."""
        field = "id" if section.kind == section.path else section.path
        ids = self._ids[section.path]
        found = []
        for start in range(0, len(ids), _PAGE):
            where = (Where(field, "in", ids[start : start + _PAGE]),)
            some = queries.found(self._reader, Query(section.kind, where=where), most=None)
            rows = queries.rows(self._reader, section.kind, some.rows)
            found += [row.record for row in rows if row]
        return found

    def _files(self, section: Section, found: Sequence[Record]) -> Sequence[Any]:
        if section.number == 1:  # the plan and whatever else belongs to the batch itself
            return batch_files.of_owners(self._reader, [self._batch.id])
        if section.kind == "placement":
            return ()
        return batch_files.of_owners(self._reader, [one.id for one in found])

    def _list(self, section: Section, found: Sequence[Record]) -> bytes:
        entity = BY_KIND[section.kind]
        values = columns.Values(self._reader, columns.chosen(self._reader, entity, section.columns))
        heads = [(one.label, one.field) for one in values.columns]
        rows = list[list[Any]]()
        for start in range(0, len(found), _PAGE):
            rows += values.of(found[start : start + _PAGE])
        label = self._edition.main.say(section.label)
        listed = Listed(label, entity.PLURAL, heads, rows)
        return _drawn(self._school, listed, self._edition).data

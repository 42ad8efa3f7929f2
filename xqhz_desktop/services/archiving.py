"""立卷归档: the files of a batch's students in the official order, with indexes and hashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from xqhz_desktop.domain import papers
from xqhz_desktop.domain.assessment import Grade, Score
from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.domain.identity import masked
from xqhz_desktop.domain.papers import Item, Level
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports.file_index import TITLE, Entry, Index, tell
from xqhz_desktop.reports.kit import Edition, Purpose, printed, quiet
from xqhz_desktop.services import assessing, batch_files, bundle, checklist, undecided
from xqhz_desktop.services.batch_files import BatchFiles
from xqhz_desktop.services.bundle import Bundle
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader

Progress = Callable[[int, int], None]

STATED = frozenset({"placement", "student", "score"})
"""What these files are about: while copies disagree about these, none leaves the school."""

ADULT = 18
OFFICIAL = 8
"""Items of the regulation; those after them are asked for only where they are needed."""
_PEOPLE = """
SELECT p.id, coalesce(p.continues, ''), p.student, coalesce(c.name, ''), coalesce(c.enrol_year, 0),
       e.name
FROM placement p
JOIN student s ON s.id = p.student
JOIN enterprise e ON e.id = p.enterprise
LEFT JOIN school_class c ON c.id = s.school_class
WHERE p.batch = ? AND p.status <> 'CANCELLED'
ORDER BY c.sort_key, s.student_no, p.start_date, p.row
"""


@dataclass(frozen=True)
class Written:
    """What was written: where, how many students and files, and how many were not here."""

    place: Path
    students: int
    files: int
    absent: int


@dataclass(frozen=True)
class Person:
    """A student's file before it is written: who, where, the legs, and what the program knows."""

    student: Student
    class_name: str
    cohort: int
    enterprise: str
    legs: tuple[str, ...]
    score: Message | None
    """Total and grade, where there is one."""
    levels: Mapping[str, Level]

    def called(self, edition: Edition) -> str:
        """Return the name as folders may show it: minors are covered outside the school."""
        age = self.student.age_on(edition.printed_on)
        minor = age is None or age < ADULT
        open_name = edition.purpose is Purpose.INTERNAL
        hidden = edition.purpose is Purpose.PUBLIC or (minor and not open_name)
        return masked(self.student.name).replace("*", "＊") if hidden else self.student.name

    def folder(self, edition: Edition) -> tuple[str, str, str]:
        """Return year, class and name: 2024级 / 24数控1班 / 张三_20240101."""
        year = f"{self.cohort}级" if self.cohort else "—"
        return year, self.class_name or "—", f"{self.called(edition)}_{self.student.student_no}"


def write(
    work: Work, batch: str, target: Path, edition: Edition, progress: Progress = quiet
) -> Written:
    """Write the files of every student of a batch into a new folder or zip, whole or not at all.

    Raises UserError where there is nobody, something undecided, or no place to write.
    """
    with work.store.read() as reader:
        plan, people, files = _read(reader, batch, edition)
    writing = _Writing(work, edition, files)
    with bundle.bundle(target) as out:
        writing.shared(out)
        for done, person in enumerate(people):
            progress(done, len(people))
            writing.person(out, person)
        writing.finish(out, plan, people)
        written = Written(target, len(people), out.count, writing.absent)
    note(work, N_("Student files written: {batch}"), plan, edition)
    progress(len(people), len(people))
    return written


def note(work: Work, text: str, batch: PlacementBatch, edition: Edition) -> None:
    """Write into the journal that papers of a batch were made, and for whom."""
    if work.read_only:
        return
    title = Message(text, batch=batch.name)
    reason = edition.main.say(edition.purpose)
    with work.store.change(title, work.actor, reason=reason) as change:
        change.noted = True


def found_batch(reader: Reader, batch: str, edition: Edition) -> tuple[PlacementBatch, School]:
    """Return a batch and the school; raise where it is gone or something is undecided."""
    found = reader.get("placement_batch", batch)
    if not isinstance(found, PlacementBatch):
        raise NotFound(Message("This batch does not exist any more."), code="NOT_FOUND")
    if edition.purpose is not Purpose.INTERNAL:
        undecided.refuse(reader, STATED)
    school = next((one for one in reader.all("school") if isinstance(one, School)), School())
    return found, school


def _read(
    reader: Reader, batch: str, edition: Edition
) -> tuple[PlacementBatch, list[Person], BatchFiles]:
    plan, _school = found_batch(reader, batch, edition)
    people = list(_people(reader, batch))
    if not people:
        text = Message(
            "Nobody has a place in “{batch}”: there is nothing to file.", batch=plan.name
        )
        raise UserError(text, code="EMPTY")
    return plan, people, batch_files.of(reader, batch)


def _people(reader: Reader, batch: str) -> Iterable[Person]:
    rows = reader.cursor.execute(_PEOPLE, (batch,)).fetchall()
    before = {row[0]: row[1] for row in rows}
    gone_on = set(before.values())
    last = {row[0]: row for row in rows if row[0] not in gone_on}
    levels, scores = checklist.of(reader, list(last)), assessing.given(reader, batch)
    students = {one.id: one for one in reader.some("student", {row[2] for row in rows})}
    for id, row in last.items():
        student = students[row[2]]
        assert isinstance(student, Student)
        legs = [id]
        while (leg := before.get(legs[-1], "")) and leg not in legs:
            legs.append(leg)
        score = next((scores[leg] for leg in legs if leg in scores), None)
        known = {one.document.name: one.level for one in levels.get(id, ())}
        yield Person(student, row[3], row[4], row[5], tuple(legs), _said(score), known)


def _said(score: Score | None) -> Message | None:
    if score is None or score.grade is Grade.OPEN:
        return None
    return Message("{total} {grade}", total=score.total, grade=score.grade)


class _Writing:
    """Writes the files of one batch into a bundle, one student after the other."""

    def __init__(self, work: Work, edition: Edition, files: BatchFiles) -> None:
        self._work, self._edition, self._files = work, edition, files
        self._said = edition.main.say
        self._placed: dict[str, str] = {}
        self._students: list[Entry] = []
        with work.store.read() as reader:
            schools = reader.all("school")
            self._school = next((one for one in schools if isinstance(one, School)), School())
        self.absent = 0

    def shared(self, out: Bundle) -> None:
        """Write the files of everybody once."""
        folder = self._said(N_("Shared by all"))
        for one in self._files.shared:
            item = papers.item_of(one)
            data = batch_files.content(self._work, one)
            if data is not None:
                self._placed[one.id] = out.put((folder, _titled(item, self._said), one.name), data)
            else:
                self.absent += 1

    def person(self, out: Bundle, person: Person) -> None:
        """Write one student's file: items in the official order, the index before them."""
        own = [one for leg in person.legs for one in self._files.by_placement.get(leg, ())]
        by_item: dict[int, list[Attachment]] = {}
        for one in (*own, *self._files.shared):
            by_item.setdefault(papers.item_of(one).number, []).append(one)
        folder = person.folder(self._edition)
        entries = list[Entry]()
        for item in papers.archive():
            some = by_item.get(item.number, [])
            lines = [self._entry(out, (folder, item), one) for one in some]
            entries += lines or [self._without(item, person)]
        about = Message(
            "{name} | {number} | {class_name} | {enterprise}",
            name=person.called(self._edition),
            number=person.student.student_no,
            class_name=person.class_name,
            enterprise=person.enterprise,
        )
        out.put((*folder, f"00 {self._said(TITLE)}.pdf"), self._index(TITLE, about, entries))
        lacking = sum(1 for one in entries if not one.file and one.remark)
        files = Message(NN_("{n} file", "{n} files"), n=len(own))
        gaps = self._said(Message(NN_("{n} missing", "{n} missing"), n=lacking)) if lacking else ""
        number = str(len(self._students) + 1)
        label = f"{folder[2]}　{person.class_name}"
        self._students.append(Entry(number, label, self._said(files), "", gaps))

    def finish(self, out: Bundle, batch: PlacementBatch, people: list[Person]) -> None:
        """Write the list of all students."""
        title = N_("List of student files")
        text = NN_("{batch}, {n} student", "{batch}, {n} students")
        about = Message(text, batch=batch.name, n=len(people))
        out.put((f"00 {self._said(title)}.pdf",), self._index(title, about, self._students))

    def _entry(
        self, out: Bundle, where: tuple[tuple[str, str, str], Item], one: Attachment
    ) -> Entry:
        """Write a file unless it stands with all; return its line in the index."""
        folder, item = where
        day = one.day.isoformat() if one.day else ""
        label = self._said(item.label)
        if one in self._files.shared:
            path = self._placed.get(one.id, "")
            remark = self._said(N_("shared by all")) if path else self._said(N_("not here"))
            return Entry(str(item.number), label, path or one.name, day, remark)
        data = batch_files.content(self._work, one)
        if data is None:
            self.absent += 1
            return Entry(str(item.number), label, one.name, day, self._said(N_("not here")))
        path = out.put((*folder, _titled(item, self._said), one.name), data)
        return Entry(str(item.number), label, path.rpartition("/")[2], day)

    def _without(self, item: Item, person: Person) -> Entry:
        """Return the line of an item without files: what the program knows, or that it is gone."""
        label, number = self._said(item.label), str(item.number)
        if item.proof == "score" and person.score:
            text = Message("in the program: {score}", score=person.score)
            return Entry(number, label, "", "", self._said(text))
        level = person.levels.get(item.proof)
        if item.number > OFFICIAL and level is None:
            return Entry(number, label)
        if level is Level.READY:
            return Entry(number, label, "", "", self._said(N_("in the program")))
        return Entry(number, label, "", "", self._said(level or Level.MISSING))

    def _index(self, title: str, about: Message, entries: list[Entry]) -> bytes:
        index = Index(self._school, self._said(title), self._said(about), entries)
        return printed(tell(index, self._edition), self._edition).data


def _titled(item: Item, say: Callable[..., str]) -> str:
    return f"{item.number:02} {say(item.label)}"

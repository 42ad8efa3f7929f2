"""What stands now, as people look at it: by rule, by host, one placement at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.compliance.judging import Finding, State
from xqhz_desktop.compliance.pack import Entry
from xqhz_desktop.compliance.wording import text
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.ruling import FindingAnswer
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services import checking, rule_packs
from xqhz_desktop.services import checking_stored as stored
from xqhz_desktop.services.rule_packs import Library
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import verdicts
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.storage.verdicts import Mark, Verdict

UNJUDGED = "U"

SEVERITIES = {
    "F": N_("Forbidden"),
    "W": N_("Warning"),
    "M": N_("Missing"),
    "E": N_("Data error"),
    UNJUDGED: N_("Not judged"),
}
"""What severities are called, in the order of their weight; last, what lacks facts to judge."""


@dataclass(frozen=True)
class Person:
    """Whose placement it is, and where, as names."""

    id: str
    student: str
    number: str
    room: str
    enterprise: str
    host: str
    """Id of the enterprise."""
    position: str
    post: str
    """Id of the position, "" where there is none."""
    student_id: str
    batch: str
    """Id of the batch."""
    start: str
    end: str


@dataclass(frozen=True)
class Row:
    """One finding at one placement."""

    person: Person
    finding: Finding
    since: str
    answer: FindingAnswer | None = None
    """The reason somebody gave, while it holds."""

    @property
    def waiting(self) -> bool:
        """Tell whether something is still to be done about it."""
        return self.finding.state is not State.FILED and self.answer is None


@dataclass(frozen=True)
class Rule:
    """One rule with what it finds."""

    entry: Entry
    severity: str
    rows: tuple[Row, ...]

    @property
    def waiting(self) -> int:
        """Return how many are still to be settled."""
        return sum(one.waiting for one in self.rows)


@dataclass(frozen=True)
class Overview:
    """Everything that stands, by rules in the order of their weight."""

    mark: Mark | None
    rules: tuple[Rule, ...]
    batches: tuple[PlacementBatch, ...]
    packs: tuple[str, ...] = ()
    troubles: tuple[tuple[str, Message], ...] = ()
    news: tuple[int, int] = (0, 0)
    """Findings that came, and that were settled, on the day of checking."""

    @property
    def counts(self) -> Counter[str]:
        """Return how many findings wait, by severity."""
        found: Counter[str] = Counter()
        for one in self.rules:
            found[one.severity] += one.waiting
        return found

    @property
    def people(self) -> tuple[int, int]:
        """Return how many students and enterprises findings wait for."""
        rows = [row for rule in self.rules for row in rule.rows if row.waiting]
        return len({r.person.student_id for r in rows}), len({r.person.host for r in rows})


def look(work: Work, batch: str = "", words: str = "") -> Overview:
    """Return what stands, of one batch or all, and of whom words name."""
    with work.store.read() as reader:
        packs = rule_packs.of(reader)
        mark = verdicts.mark(reader)
        people = _people(reader)
        answers = _answers(reader)
        kept = [
            one
            for one in verdicts.standing(reader)
            if one.placement in people and _wanted(people[one.placement], batch, words)
        ]
        day = date.fromisoformat(mark.day) if mark else date.today()
        news = verdicts.news(reader, day)
        batches = [one for one in reader.all("placement_batch") if isinstance(one, PlacementBatch)]
    rules = _rules(packs, kept, people, answers)
    book = packs.shelf.book(day, packs.region)
    newest = sorted(batches, key=lambda one: one.start_date or date.min, reverse=True)
    called = tuple(f"{one.titles['zh']}\n{one.titles['en']}\n{one.version}" for one in book.packs)
    return Overview(mark, rules, tuple(newest), called, packs.troubles, news)


def of_placement(reader: Reader, id: str, on: date) -> list[tuple[Finding, Entry]]:
    """Return what the rules find at one placement now, judged afresh."""
    return [
        (one, found.entry(one))
        for found in checking.judged(reader, [id], on)
        for one in found.findings
    ]


def _rules(
    packs: Library,
    kept: Iterable[Verdict],
    people: Mapping[str, Person],
    answers: Mapping[tuple[str, str], FindingAnswer],
) -> tuple[Rule, ...]:
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for one in kept:
        finding = stored.finding(one)
        answer = answers.get((one.placement, one.rule))
        if answer and answer.facts != checking.fingerprint(finding):
            answer = None  # the facts it spoke of are others now
        row = Row(people[one.placement], finding, one.since, answer)
        asks = finding.state in (State.UNJUDGED, State.ASKED)
        grouped[UNJUDGED if asks else one.severity, one.rule].append(row)
    order = list(SEVERITIES)
    entries = _entries(packs)
    return tuple(
        Rule(entries[rule], severity, tuple(sorted(rows, key=_place)))
        for (severity, rule), rows in sorted(
            grouped.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1])
        )
        if rule in entries
    )


def _entries(packs: Library) -> dict[str, Entry]:
    """Return every rule any pack speaks of, as the newest packs have it."""
    found: dict[str, Entry] = {}
    for one in sorted(packs.shelf.packs, key=lambda pack: pack.in_force):
        if one.raw:
            found |= {id: entry for id, entry in one.rules.items() if entry.texts.get("text_zh")}
    return found


def _place(row: Row) -> tuple[str, str, str]:
    return row.person.enterprise, row.person.room, row.person.student


def _wanted(person: Person, batch: str, words: str) -> bool:
    if batch and person.batch != batch:
        return False
    if not words:
        return True
    named = f"{person.student} {person.number} {person.room} {person.enterprise} {person.position}"
    return all(word in named.lower() for word in words.lower().split())


def _people(reader: Reader) -> dict[str, Person]:
    rows = reader.cursor.execute(
        "SELECT p.id, s.name, s.student_no, coalesce(c.name, ''), e.name, e.id,"
        " coalesce(o.name, ''), coalesce(o.id, ''), s.id, coalesce(p.batch, ''),"
        " coalesce(p.start_date, ''), coalesce(p.end_date, '')"
        " FROM placement p JOIN student s ON s.id = p.student"
        " JOIN enterprise e ON e.id = p.enterprise"
        " LEFT JOIN school_class c ON c.id = s.school_class"
        " LEFT JOIN position o ON o.id = p.position"
    )
    return {row[0]: Person(*row) for row in rows.fetchall()}


def _answers(reader: Reader) -> dict[tuple[str, str], FindingAnswer]:
    """Return the newest reason by placement and rule."""
    found = [one for one in reader.all("finding_answer") if isinstance(one, FindingAnswer)]
    found.sort(key=lambda one: (one.answered_on or date.min, one.id))
    return {(one.placement, one.rule): one for one in found}


def sentence(row: Row, entry: Entry, lang: Language) -> str:
    """Return what a finding says."""
    return text(row.finding, entry, lang)

"""Checking placements against the rules in force: now, before a start, and kept meanwhile."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from xqhz_desktop.compliance.judging import Book, Finding, State, judge
from xqhz_desktop.compliance.pack import Entry
from xqhz_desktop.compliance.wording import text
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.domain.records import references
from xqhz_desktop.i18n import CODES, NN_, Bilingual, Language, Message, language
from xqhz_desktop.services import checking_stored as stored
from xqhz_desktop.services import rule_packs
from xqhz_desktop.services.checking_facts import Source
from xqhz_desktop.services.rule_packs import Library
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import verdicts
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.storage.verdicts import Mark

Progress = Callable[[int, int], None]

_UNCHECKED = (PlacementStatus.CANCELLED.name,)
_PORTION = 2_000
"""Placements a step of progress."""
_WHOLE = frozenset({"school", "rule_pack", "policy", "training", "decision", "major"})
"""Kinds that may concern every placement."""
_LINKS = {
    "placement": "id",
    "student": "student",
    "enterprise": "enterprise",
    "position": "position",
    "placement_batch": "batch",
}
"""How a changed record leads to placements: the kind it refers to, and the placement's field."""


@dataclass(frozen=True)
class Found:
    """What the rules found at one placement, with the rules they come from."""

    placement: str
    book: Book
    findings: tuple[Finding, ...]

    def said(self, one: Finding, lang: Language) -> str:
        """Return the sentence of a finding."""
        return text(one, self.entry(one), lang)

    def entry(self, one: Finding) -> Entry:
        """Return what the packs say about its rule."""
        return self.book.entries[one.rule]


def judged(
    reader: Reader,
    ids: Sequence[str],
    on: date,
    known: Library | None = None,
    *,
    starting: bool = False,
) -> Iterator[Found]:
    """Yield what the rules find at placements, each by the packs of its own first day."""
    packs = known or rule_packs.of(reader)
    source = Source(reader, ids, on, packs.calendar, starting=starting)
    for id in source.placements:
        facts = source.facts(id)
        book = packs.shelf.book(facts.start, facts.region)
        yield Found(id, book, tuple(judge(facts, book)))


def blockers(reader: Reader, ids: Sequence[str], on: date) -> dict[str, list[Finding]]:
    """Return what forbids placements to start on a day, by placement; those free are left out.

    What cannot be judged for lack of a fact about age blocks too: it is never a pass.
    """
    found = {}
    for one in judged(reader, ids, on, starting=True):
        bad = [f for f in one.findings if _blocks(f)]
        if bad:
            found[one.placement] = bad
    return found


def _blocks(one: Finding) -> bool:
    if one.state is State.UNJUDGED:
        return one.rule in _STRICT
    return one.severity == "F" and one.state is State.OPEN


_STRICT = frozenset({"R01"})
"""Rules that must be judged before a start."""


def refusals(reader: Reader, ids: Sequence[str], on: date) -> dict[str, Message]:
    """Return in a sentence what forbids placements to start on a day; those free are left out."""
    found = {}
    for one in judged(reader, ids, on, starting=True):
        bad = [each for each in one.findings if _blocks(each)]
        if bad:
            said = Bilingual(*(one.said(bad[0], language(code)) for code in CODES))
            text = NN_(
                "Rule {rule} forbids the start: {said}.",
                "Rule {rule} and others, {n} in all, forbid the start: {said}.",
            )
            found[one.placement] = Message(text, n=len(bad), rule=bad[0].rule, said=said)
    return found


def placements(reader: Reader) -> list[str]:
    """Return the ids of the placements that are checked: every one that was not cancelled."""
    marks = ",".join("?" * len(_UNCHECKED))
    rows = reader.cursor.execute(
        f"SELECT id FROM placement WHERE status NOT IN ({marks}) ORDER BY row", _UNCHECKED
    )
    return [id for (id,) in rows.fetchall()]


def refresh(work: Work, on: date, progress: Progress | None = None, *, whole: bool = False) -> Mark:
    """Bring what is kept up to the newest step of the journal, and return how far it is.

    Only placements whose facts changed are judged again, unless the day or the packs did.
    """
    begun = time.perf_counter()
    with work.store.read() as reader:
        packs = rule_packs.of(reader)
        before, step = verdicts.mark(reader), verdicts.newest_step(reader)
        every = placements(reader)
        wanted: list[str] | None = None
        same = before and before.day == on.isoformat() and before.packs == packs.stamp
        if before and same and not whole:
            wanted = _touched(reader, before.step)
        if before and wanted == [] and before.step == step:
            return before
        ids = every if wanted is None else wanted
        found: list[verdicts.Verdict] = []
        for start in range(0, len(ids), _PORTION):
            part = ids[start : start + _PORTION]
            for one in judged(reader, part, on, packs):
                found += map(stored.verdict, [one.placement] * len(one.findings), one.findings)
            if progress:
                progress(min(start + _PORTION, len(ids)), len(ids))
    made = Mark(
        step, on.isoformat(), packs.stamp, len(every), round(time.perf_counter() - begun, 2),
        datetime.now().isoformat(timespec="seconds"),
    )  # fmt: skip
    if work.read_only:
        return made
    with work.store.aside() as cursor:
        verdicts.replace(cursor, ids, found, on)
        verdicts.forget(cursor)
        verdicts.put_mark(cursor, made)
    return made


def _touched(reader: Reader, step: int) -> list[str] | None:
    """Return the placements whose facts changed after a step; None: it may be all of them."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, id, before, after in verdicts.touched(reader, step):
        if kind in _WHOLE:
            return None
        if kind in _LINKS:
            wanted[kind].add(id)
        links = {name: to for name, to in references(BY_KIND[kind]).items() if to in _LINKS}
        if not links:
            continue
        for name, value in _linked(reader, kind, id, (before, after), links):
            wanted[links[name]].add(value)
    return _placements_of(reader, wanted)


def _linked(
    reader: Reader,
    kind: str,
    id: str,
    cells: tuple[str | None, str | None],
    links: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Yield what a record refers to, or did before it was changed."""
    rows: list[Mapping[str, Any]] = [json.loads(one) for one in cells if one]
    for now in reader.cells(kind, tuple(links), [id]):
        rows.append(dict(zip(links, now, strict=True)))
    for row in rows:
        for name in links:
            if value := row.get(name):
                yield name, str(value)


def _placements_of(reader: Reader, wanted: Mapping[str, set[str]]) -> list[str]:
    """Return the placements of some records; one that changed concerns who shares its host."""
    found: dict[str, None] = {}
    near = {kind: set(ids) for kind, ids in wanted.items()}
    for names in reader.cells(
        "placement", ("student", "enterprise"), wanted.get("placement", set())
    ):
        near.setdefault("student", set()).add(str(names[0]))
        near.setdefault("enterprise", set()).add(str(names[1]))
    for kind, ids in near.items():
        rows = reader.cursor.execute(
            f'SELECT id FROM placement WHERE "{_LINKS[kind]}" IN'
            " (SELECT value FROM json_each(?)) AND status NOT IN (?)",
            (json.dumps(sorted(ids)), *_UNCHECKED),
        )
        found.update(dict.fromkeys(id for (id,) in rows.fetchall()))
    return list(found)


def fingerprint(one: Finding) -> str:
    """Return what tells the facts of a finding from others; running numbers do not count."""
    values = {name: value for name, value in one.values.items() if name not in _PASSING}
    plain = json.dumps([one.rule, one.pack, stored.written(values)], sort_keys=True)
    return sha256(plain.encode()).hexdigest()[:16]


_PASSING = frozenset({"days", "day", "count", "percent", "peak", "n"})
"""Values that change by themselves from day to day, or with somebody else's placement."""

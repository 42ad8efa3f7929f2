"""The packs that count here: those of the program, and those the school has adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from xqhz_desktop.compliance import calendar, library, reading
from xqhz_desktop.compliance.calendar import Calendar
from xqhz_desktop.compliance.judging import Shelf
from xqhz_desktop.compliance.pack import Entry, Layer, Pack
from xqhz_desktop.domain.ruling import PackState, RulePack
from xqhz_desktop.domain.school import School
from xqhz_desktop.errors import BadFile, InvalidRecord, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader


@dataclass(frozen=True)
class Library:
    """What rules are judged by here, and which packs of the school cannot be used."""

    shelf: Shelf
    calendar: Calendar
    region: str
    troubles: tuple[tuple[str, Message], ...] = ()
    """Name of a pack and why it cannot be used; the others stay in force."""

    @property
    def stamp(self) -> str:
        """Return what tells this library from another."""
        return ";".join(
            sorted(f"{one.called}:{crc32(one.text.encode()):x}" for one in self.shelf.packs)
        )


def of(reader: Reader) -> Library:
    """Return the packs of the program with those the school uses over them."""
    found, troubles = list(library.shipped()), []
    for one in reader.all("rule_pack", state=PackState.ADOPTED):
        assert isinstance(one, RulePack)
        try:
            found.append(reading.read(one.written, trial=False, below=_below(found)))
        except UserError as error:  # it came from a newer version, or was damaged on the way
            troubles.append((one.called, error.message))
    school = next(reader.all("school"), None)
    region = school.region if isinstance(school, School) else ""
    days = calendar.merged(one.years for one in _calendars(found))
    return Library(Shelf(found, region), days, region, tuple(troubles))


def read(text: str, name: str = "") -> RulePack:
    """Return a draft of the pack written in a text; its form, sense and examples are tried."""
    made = reading.read(text, below=_below(library.shipped()))
    title = name or made.titles["zh"]
    return RulePack(name=title, version=made.version, in_force=made.in_force, written=text)


def tried(file: Path) -> tuple[RulePack, list[Difference]]:
    """Return a draft of the pack in a file, and what it changes; raise UserError for a bad one."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(Message("The file {file} cannot be read.", file=file.name)) from error
    draft = read(text)
    made = reading.read(text, trial=False, below=_below(library.shipped()))
    return draft, differences(below(made), made)


def adopt(work: Work, draft: RulePack, on: date) -> int:
    """Let a pack count; an older version of the same pack is withdrawn in the same step."""
    ours = reading.read(draft.written, below=_below(library.shipped()))
    changed = [draft.but(state=PackState.ADOPTED, adopted_on=on)]
    with work.store.read() as reader:
        for one in reader.all("rule_pack", state=PackState.ADOPTED):
            assert isinstance(one, RulePack)
            same = one.id != draft.id and _name(one) == ours.name
            if same and one.version == ours.version:
                changed.append(one.but(state=PackState.WITHDRAWN))
    title = Message("Rule pack in use: {name} {version}", name=draft.name, version=draft.version)
    return _put(work, changed, title)


def withdraw(work: Work, one: RulePack) -> int:
    """Take a pack out of use; what was in force below it counts again."""
    title = Message("Rule pack withdrawn: {name} {version}", name=one.name, version=one.version)
    return _put(work, [one.but(state=PackState.WITHDRAWN)], title)


@dataclass(frozen=True)
class Difference:
    """One value of one rule that two packs give differently; None where it says nothing."""

    rule: str
    what: str
    before: Any
    after: Any


def differences(before: Pack, after: Pack) -> list[Difference]:
    """Return what a pack changes against another, rule by rule."""
    found = []
    whole = before.layer is after.layer
    for id in sorted({*before.raw, *after.raw} if whole else after.raw):
        old, new = before.raw.get(id, {}), after.raw.get(id, {})
        for what in sorted((set(old) | set(new) if whole else set(new)) - {"examples"}):
            if old.get(what) != new.get(what):
                found.append(Difference(id, what, old.get(what), new.get(what)))
    for year in sorted({*before.years, *after.years}):
        if before.years.get(year) != after.years.get(year):
            found.append(Difference(str(year), "days", None, None))
    return found


def below(draft: Pack) -> Pack:
    """Return the shipped pack a draft is held against: the newest of its name, or the national."""
    same = [one for one in library.shipped() if one.name == draft.name]
    return max(same or [library.national()], key=lambda one: one.in_force)


def in_force(reader: Reader, on: date) -> tuple[list[Entry], tuple[Pack, ...]]:
    """Return the rules in force at the school on a day, by id, and the packs they come from."""
    known = of(reader)
    book = known.shelf.book(on, known.region)
    return list(book.entries.values()), book.packs


def _put(work: Work, packs: Sequence[RulePack], title: Message) -> int:
    """Save packs as one step; not by `records`, which looks at the rules and so at this module."""
    with work.store.change(title, work.actor) as change:
        for one in packs:
            if problems := one.problems():
                raise InvalidRecord(problems)
            change.put(one)
    return change.number


def _calendars(packs: Sequence[Pack]) -> list[Pack]:
    ours = (one for one in packs if one.layer is Layer.CALENDAR)
    return sorted(ours, key=lambda one: (one.in_force, one.version))


def _below(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """Return what a pack of the school stands over: the newest national pack."""
    ours = [one for one in packs if one.name == library.national().name]
    return (max(ours, key=lambda one: one.in_force),)


def _name(one: RulePack) -> str:
    try:
        return reading.read(one.written, trial=False, below=_below(library.shipped())).name
    except UserError:
        return ""

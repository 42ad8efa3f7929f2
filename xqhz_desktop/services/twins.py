"""Which records look like the same enterprise or the same student, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Generic, TypeVar

from xqhz_desktop.domain import identity
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import likeness
from xqhz_desktop.services.likeness import ALIKE, Core

Progress = Callable[[int, int], None]

_SURE, _NAMED, _FORMER, _NAMESAKE, _PHONE = 100, 85, 80, 60, 40
_AGAINST = 30
_MOST = 60
"""A value that more records share, such as a switchboard's number, tells nothing."""

R = TypeVar("R", Enterprise, Student)


@dataclass(frozen=True)
class Pair:
    """Two records that may be one: reasons for it and against it, and how sure (0–100)."""

    one: Record
    other: Record
    score: int
    reasons: tuple[Message, ...]
    against: tuple[Message, ...] = ()


@dataclass
class _Found(Generic[R]):
    one: R
    other: R
    reasons: dict[Message, int] = field(default_factory=dict)

    def pair(self, against: Sequence[Message]) -> Pair:
        best = max(self.reasons.values()) + 5 * (len(self.reasons) - 1)
        score = max(1, min(100, best) - _AGAINST * len(against))
        reasons = sorted(self.reasons, key=lambda one: -self.reasons[one])
        return Pair(self.one, self.other, score, tuple(reasons), tuple(against))


class _Pairs(Generic[R]):
    """Pairs as they are found, each with every reason."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], _Found[R]] = {}

    def add(self, one: R, other: R, score: int, reason: Message) -> None:
        """Note a reason for a pair; the older record stands first."""
        first, second = sorted((one, other), key=lambda record: record.id)
        place = (first.id, second.id)
        found = self._found.setdefault(place, _Found(first, second))
        found.reasons[reason] = max(score, found.reasons.get(reason, 0))

    def all(self) -> Iterator[_Found[R]]:
        """Yield every pair."""
        return iter(self._found.values())


def enterprises(records: Sequence[Enterprise], progress: Progress | None = None) -> list[Pair]:
    """Return pairs of enterprises that may be one, the surest first."""
    pairs: _Pairs[Enterprise] = _Pairs()
    names = [name for one in records for name in _names(one)]
    own = likeness.places(names)
    cores = {one.id: [likeness.core(name, own) for name in _names(one)] for one in records}
    for one, other in _sharing(records, lambda each: [each.uscc.upper()]):
        if not _related(one, other):
            pairs.add(one, other, _SURE, Message("Same credit code"))
    for one, other in _sharing(records, lambda each: {core.words for core in cores[each.id]}):
        _named(pairs, one, other, cores)
    for one, other in _sharing(records, lambda each: _phones(each.phone)):
        if not _related(one, other) and not _differ(one.uscc, other.uscc):
            pairs.add(one, other, _PHONE, Message("Same phone"))
    _alike(pairs, records, cores, progress)
    found = [
        each.pair([Message("Different credit codes")])
        if _differ(each.one.uscc, each.other.uscc)
        else each.pair(())
        for each in pairs.all()
    ]
    return sorted(found, key=lambda pair: (-pair.score, pair.one.id, pair.other.id))


def students(records: Sequence[Student], progress: Progress | None = None) -> list[Pair]:
    """Return pairs of students that may be one, the surest first."""
    pairs: _Pairs[Student] = _Pairs()
    for one, other in _sharing(records, lambda each: [each.student_no]):
        pairs.add(one, other, _SURE, Message("Same student number"))
    for one, other in _sharing(records, lambda each: [id_key(each.id_no)]):
        pairs.add(one, other, _SURE, Message("Same ID number"))
    if progress:
        progress(1, 3)
    for one, other in _sharing(records, lambda each: [likeness.person_key(each.name)]):
        _namesakes(pairs, one, other)
    if progress:
        progress(2, 3)
    for one, other in _sharing(records, lambda each: _phones(each.phone)):
        if not _two_people(one, other) and likeness.alike_people(one.name, other.name):
            pairs.add(one, other, _NAMESAKE, Message("Same phone, and names that sound alike"))
    found = [each.pair(_against(each.one, each.other)) for each in pairs.all()]
    return sorted(found, key=lambda pair: (-pair.score, pair.one.id, pair.other.id))


def id_key(value: str) -> str:
    """Return an ID number as it is compared: one of 15 digits as its later one of 18."""
    bare = identity.plain(value)
    if len(bare) == 15 and bare.isdigit():
        first = f"{bare[:6]}19{bare[6:]}"
        return first + identity.id_check_character(first)
    return bare


def _names(one: Enterprise) -> list[str]:
    return [one.name, *former(one)]


def former(one: Enterprise) -> list[str]:
    """Return the former names of an enterprise."""
    return [name for name in re.split(r"[\n;；、]\s*", one.former_names) if name.strip()]


def _phones(value: str) -> set[str]:
    """Return the numbers of a phone field as digits; too short ones tell nothing."""
    parts = re.split(r"[,，、;；/\s]+", value)
    return {bare for part in parts if len(bare := re.sub(r"\D", "", part)) >= 7}


def _sharing(records: Sequence[R], values: Callable[[R], Iterable[str]]) -> Iterator[tuple[R, R]]:
    """Yield every two records that share a value, unless too many do."""
    by: dict[str, list[R]] = defaultdict(list)
    for one in records:
        for value in values(one):
            if value:
                by[value].append(one)
    for some in by.values():
        if len(some) <= _MOST:
            yield from combinations(some, 2)


def _named(
    pairs: _Pairs[Enterprise], one: Enterprise, other: Enterprise, cores: dict[str, list[Core]]
) -> None:
    """Note two enterprises with the same name, now or formerly."""
    first, second = cores[one.id], cores[other.id]
    if first[0].words == second[0].words:
        if likeness.same_place(first[0], second[0]) and not (
            _differ(one.uscc, other.uscc) and first[0] != second[0]
        ):
            reason = (
                Message("Exactly the same name")
                if one.name == other.name
                else Message("Same name apart from place, brackets or legal form")
            )
            pairs.add(one, other, _NAMED, reason)
        return
    same = {(a, b) for a in first for b in second if a.words == b.words}
    if any(likeness.same_place(a, b) for a, b in same) and not _differ(one.uscc, other.uscc):
        pairs.add(one, other, _FORMER, Message("One had the name of the other"))


def _alike(
    pairs: _Pairs[Enterprise],
    records: Sequence[Enterprise],
    cores: dict[str, list[Core]],
    progress: Progress | None,
) -> None:
    """Note enterprises with alike names: the same brand by sound, or the same contact."""

    def marks(each: Enterprise) -> set[str]:
        people = {each.contact, each.legal_representative} - {""}
        return people | {cores[each.id][0].sound}

    worth = list(_sharing(records, marks))
    for count, (one, other) in enumerate(worth):
        if progress and count % 1_000 == 0:
            progress(count, len(worth))
        first, second = cores[one.id][0], cores[other.id][0]
        if first == second or _related(one, other) or _differ(one.uscc, other.uscc):
            continue
        score = likeness.alike(first, second)
        if ALIKE <= score < 100:
            pairs.add(one, other, int(score * 0.8), Message("Alike names"))


def _related(one: Enterprise, other: Enterprise) -> bool:
    """Tell whether one belongs to the other or both to a third: they share code and phone."""
    return other.parent == one.id or (bool(one.parent) and one.parent in (other.id, other.parent))


def _namesakes(pairs: _Pairs[Student], one: Student, other: Student) -> None:
    """Note two students of one name, unless something tells them apart."""
    if _two_people(one, other):
        return
    marks = [
        (one.birth_date == other.birth_date and one.birth_date, Message("Same date of birth")),
        (one.school_class == other.school_class and one.school_class, Message("Same class")),
        (_phones(one.phone) & _phones(other.phone), Message("Same phone")),
        (
            _phones(one.guardian_phone) & _phones(other.guardian_phone),
            Message("Same guardian's phone"),
        ),
    ]
    shared = [reason for there, reason in marks if there]
    if not shared and _differ(one.student_no, other.student_no):
        return
    pairs.add(one, other, _NAMED if shared else _NAMESAKE, Message("Same name"))
    for reason in shared:
        pairs.add(one, other, _PHONE, reason)


def _two_people(one: Student, other: Student) -> bool:
    """Tell whether two ID numbers say that these are two people."""
    return _differ(id_key(one.id_no), id_key(other.id_no))


def _against(one: Student, other: Student) -> list[Message]:
    marks = [
        (_differ(id_key(one.id_no), id_key(other.id_no)), Message("Different ID numbers")),
        (_differ(one.student_no, other.student_no), Message("Different student numbers")),
        (
            likeness.person_key(one.name) != likeness.person_key(other.name),
            Message("Different names"),
        ),
    ]
    return [reason for there, reason in marks if there]


def _differ(one: str, other: str) -> bool:
    """Tell whether two numbers are both known and not the same."""
    return bool(one and other) and one.upper() != other.upper()

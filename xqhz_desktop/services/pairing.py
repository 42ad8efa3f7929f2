"""Which line of a file is which of our persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from enum import Enum

from xqhz_desktop.i18n import N_
from xqhz_desktop.services.likeness import person_key
from xqhz_desktop.services.persons import Person
from xqhz_desktop.services.twins import id_key


class State(Enum):
    """How a person stands in the two lists."""

    HERE = N_("Only here")
    THERE = N_("Only in the file")
    DIFFERENT = N_("Differs")
    AGAIN = N_("Listed twice in the file")
    UNCLEAR = N_("Several persons fit")
    SAME = N_("Same")


class Matching:
    """Finds for every person of the file the one of ours; each of ours is given once."""

    def __init__(self, ours: Sequence[Person], theirs: Sequence[Person]) -> None:
        self._ours, self._theirs = ours, theirs
        self._taken: set[str] = set()
        self._found: dict[int, tuple[State, Person | None]] = {}

    def partners(self) -> list[tuple[State, Person | None]]:
        """Return for every row its person, or why there is none; numbers go before names."""
        for key in (_number, _id_number):
            self._pass(key)
        self._pass(_name_and_class, careful=True)
        self._pass(_name_alone, careful=True)
        return [self._found.get(place, (State.THERE, None)) for place in range(len(self._theirs))]

    def _pass(self, key: Callable[[Person], str], *, careful: bool = False) -> None:
        """Match by one key; `careful`: by a name, which two persons may share."""
        known: dict[str, list[Person]] = defaultdict(list)
        for one in self._ours:
            if found := key(one):
                known[found].append(one)
        asked = Counter(
            key(one) for place, one in enumerate(self._theirs) if place not in self._found
        )
        for place, row in enumerate(self._theirs):
            if place in self._found or not (wanted := key(row)):
                continue
            fitting = [one for one in known.get(wanted, ()) if not careful or _may_be(one, row)]
            free = [one for one in fitting if one.id not in self._taken]
            if careful and (len(_people(free)) > 1 or (free and asked[wanted] > 1)):
                self._found[place] = (State.UNCLEAR, None)
            elif free:
                best = max(free, key=lambda one: _fit(one, row))
                self._taken.add(best.id)
                self._found[place] = (State.SAME, best)
            elif fitting and not careful:
                self._found[place] = (State.AGAIN, None)


def _number(one: Person) -> str:
    return one.said("student_no").upper()


def _id_number(one: Person) -> str:
    return id_key(one.said("id_no"))


def _name_and_class(one: Person) -> str:
    name, room = person_key(one.said("name")), person_key(one.said("class_name"))
    return f"{name} {room}" if name and room else ""


def _name_alone(one: Person) -> str:
    return person_key(one.said("name"))


def _may_be(one: Person, row: Person) -> bool:
    """Tell whether two of one name may be one person: not when class or both numbers differ."""
    rooms = {person_key(each.said("class_name")) for each in (one, row)} - {""}
    numbers = _number(one) != _number(row) and bool(_number(one) and _number(row))
    ids = _id_number(one) != _id_number(row) and bool(_id_number(one) and _id_number(row))
    return len(rooms) < 2 and not (numbers and ids)


def _people(some: Sequence[Person]) -> set[str]:
    """Return who stands behind lines of ours: two placements of one student are one person."""
    return {_number(one) or _id_number(one) or one.id for one in some}


def _fit(one: Person, row: Person) -> int:
    """Count the values two lines share: of a student's placements the nearest is compared."""
    return sum(1 for name, value in row.values.items() if value and one.values.get(name) == value)

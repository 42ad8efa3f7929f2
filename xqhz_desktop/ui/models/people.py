"""People to pick from: students without a place, or those who have one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.preparation import ConsentState
from xqhz_desktop.domain.student import Sex
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.offers import Candidate
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.ui.language import Text

PERSON = Qt.ItemDataRole.UserRole + 1

_WAITING = 10
"""Grey rows shown until the people are there."""

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Person:
    """One line: who, what is special about them, and where they belong."""

    id: str
    """Of the student, or of the placement."""
    student: str
    name: str
    line: Text
    """Under the name."""
    tag: tuple[str, str] | None
    """Tone and word of a pill."""
    place: str
    place_line: str
    school_class: str
    minor: bool = False
    agreed: bool = True
    """Student and guardian have signed the consent."""

    def heard(self, lang: Language) -> str:
        """Return the line as a screen reader says it."""
        tag = lang.say(self.tag[1]) if self.tag else ""
        parts = (self.name, lang.say(self.line), tag, self.place, self.place_line)
        return lang.say(N_(", ")).join(part for part in parts if part)


def waiting(one: Candidate) -> Person:
    """Return a student without a place as a line."""
    student = one.student
    tag = ("bad", N_("under 16")) if one.young else ("info", N_("minor")) if one.minor else None
    return Person(
        student.id,
        student.id,
        student.name,
        _line(one),
        tag,
        one.class_name,
        student.student_no,
        student.school_class,
        one.minor,
        one.agreed,
    )


def settled(row: Row) -> Person:
    """Return a placement as a line."""
    placement = row.record
    assert isinstance(placement, Placement)
    names = row.names
    host, position = names.get("enterprise", ""), names.get("position", "")
    return Person(
        placement.id,
        placement.student,
        names.get("student", ""),
        names.get("student.school_class", ""),
        None,
        position or host,
        host if position else "",
        names.get("student.school_class", ""),
    )


def _line(one: Candidate) -> Text:
    """Return sex and age, and what is wrong with the consent."""
    age = _age(one.student.sex, one.age)
    if one.agreed:
        return age
    if one.consent is ConsentState.REFUSED:
        return Message("{age} | consent refused", age=age)
    return Message("{age} | no consent", age=age)


def _age(sex: Sex, age: int | None) -> Text:
    if age is None:
        return Message("{sex}, age not known", sex=sex)
    if sex is Sex.UNKNOWN:
        return Message("{age} years old", age=age)
    return Message("{sex}, {age}", sex=sex, age=age)


class PeopleModel(QAbstractListModel):
    """The people a filter leaves; who is picked stays picked while filters come and go."""

    picked = Signal()
    """Others are picked now."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Hold nobody yet; grey rows stand in until `fill`."""
        super().__init__(parent)
        self.everyone: Sequence[Person] = ()
        self.shown: Sequence[Person | None] = (None,) * _WAITING
        self.lang: Language | None = None
        self._picked: set[str] = set()

    def fill(self, people: Iterable[Person]) -> None:
        """Take new people; those who left are not picked any more."""
        self.everyone = list(people)
        before = len(self._picked)
        self._picked &= {one.id for one in self.everyone}
        if len(self._picked) != before:
            self.picked.emit()

    def show_some(self, people: Sequence[Person]) -> None:
        """Show some of them."""
        self.beginResetModel()
        self.shown = people
        self.endResetModel()

    def person(self, place: int) -> Person | None:
        """Return who stands in a row."""
        return self.shown[place] if 0 <= place < len(self.shown) else None

    def chosen(self) -> list[Person]:
        """Return who is picked, in the order of the list, also where a filter hides them."""
        return [one for one in self.everyone if one.id in self._picked]

    def pick(self, places: Iterable[int], on: bool) -> None:
        """Pick the people in some rows, or let them go."""
        rows = [place for place in places if self.person(place)]
        ids = {one.id for row in rows if (one := self.person(row))}
        if rows:
            self._pick(self._picked | ids if on else self._picked - ids, min(rows), max(rows))

    def choose(self, ids: Iterable[str]) -> None:
        """Pick exactly these people."""
        self._pick(set(ids), 0, len(self.shown) - 1)

    def clear(self) -> None:
        """Pick nobody."""
        self.choose(())

    def has(self, place: int) -> bool:
        """Tell whether the person in a row is picked."""
        one = self.person(place)
        return one is not None and one.id in self._picked

    def state(self) -> Qt.CheckState:
        """Return whether all, some or none of the people shown are picked."""
        shown = {one.id for one in self.shown if one}
        if not shown & self._picked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if shown <= self._picked else Qt.CheckState.PartiallyChecked

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the person, the tick, the name, or what a screen reader says."""
        one = self.person(index.row())
        if one is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one.name
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if one.id in self._picked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole if self.lang:
                return one.heard(self.lang)
            case _ if role == PERSON:
                return one
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let people be looked at, ticked and dragged."""
        kind = Qt.ItemFlag
        return kind.ItemIsEnabled | kind.ItemIsSelectable | kind.ItemIsDragEnabled

    def _pick(self, ids: set[str], first: int, last: int) -> None:
        if self._picked == ids:
            return
        self._picked = ids
        if last >= 0:
            self.dataChanged.emit(self.index(first), self.index(last))
        self.picked.emit()

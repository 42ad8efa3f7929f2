"""Enterprises and their positions as the lines of one list, filtered, sorted and folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from xqhz_desktop.domain.placement import MajorMatch
from xqhz_desktop.i18n import N_, Language
from xqhz_desktop.services.offers import Host, Offer, match

LINE = Qt.ItemDataRole.UserRole + 1

MATCHES = {
    MajorMatch.MATCH: ("good", N_("fits")),
    MajorMatch.NEAR: ("warn", N_("near")),
    MajorMatch.NONE: ("bad", N_("outside")),
}
"""Tone and short word of how near a position is to the students' majors."""

_RANK = {
    MajorMatch.MATCH: 0,
    MajorMatch.NEAR: 1,
    MajorMatch.UNKNOWN: 2,
    MajorMatch.NONE: 3,
}
_WAITING = 9

_Index = QModelIndex | QPersistentModelIndex


class Show(Enum):
    """Which positions are shown."""

    FITTING = N_("Fit the major")
    FREE = N_("Places left")
    OVER = N_("Over a cap")


@dataclass(frozen=True)
class HostLine:
    """An enterprise above its positions."""

    host: Host
    folded: bool
    count: int
    free: int


@dataclass(frozen=True)
class PostLine:
    """A position, and how near it is to the majors of who is ticked."""

    host: Host
    offer: Offer
    match: MajorMatch


@dataclass(frozen=True)
class NoticeLine:
    """The place below a position where something must be decided; a widget stands there."""

    position: str


Line = HostLine | PostLine | NoticeLine | None
"""None is a grey line that stands in until the offers are there."""


class OffersModel(QAbstractListModel):
    """The lines; only what changes the set of lines rebuilds them."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self.lines: list[Line] = [None] * _WAITING
        self.lang: Language | None = None
        self.recommended = False
        self.only: Show | None = None
        self._hosts: Sequence[Host] = ()
        self._codes: tuple[str, ...] = ()
        self._matches: dict[str, MajorMatch] = {}
        self._folded: set[str] = set()
        self._notice = ""

    def fill(self, hosts: Sequence[Host]) -> None:
        """Take new offers."""
        self._hosts = hosts
        self._judge()
        self.rebuild()

    def aim(self, codes: tuple[str, ...]) -> bool:
        """Judge positions for students of these majors; True when anything changed."""
        if codes == self._codes:
            return False
        self._codes = codes
        self._judge()
        if self.only is Show.FITTING or self.recommended:
            self.rebuild()
        elif self.lines:
            self.lines = [self._judged(line) for line in self.lines]
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))
        return True

    def fold(self, host: str) -> None:
        """Hide the positions of an enterprise, or show them again."""
        self._folded ^= {host}
        self.rebuild()

    def unfold(self) -> None:
        """Show the positions of every enterprise."""
        self._folded.clear()

    def rebuild(self) -> None:
        """Make the lines anew, after a filter or the order changed."""
        self.beginResetModel()
        self._notice = ""
        self.lines = [line for host in self._ordered() for line in self._of(host)]
        self.endResetModel()

    def notice(self, position: str) -> int:
        """Open the place below a position, or close it for ``""``; return its row, or -1."""
        old = self._place_of(NoticeLine(self._notice)) if self._notice else -1
        if old >= 0:
            self.beginRemoveRows(QModelIndex(), old, old)
            del self.lines[old]
            self.endRemoveRows()
        self._notice = ""
        row = self.row_of(position) + 1 if position else 0
        if row <= 0:
            return -1
        self.beginInsertRows(QModelIndex(), row, row)
        self.lines.insert(row, NoticeLine(position))
        self._notice = position
        self.endInsertRows()
        return row

    def line(self, row: int) -> Line:
        """Return what stands in a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def post(self, row: int) -> PostLine | None:
        """Return the position in a row, if there is one."""
        line = self.line(row)
        return line if isinstance(line, PostLine) else None

    def row_of(self, position: str) -> int:
        """Return the row of a position, or -1."""
        for row, line in enumerate(self.lines):
            if isinstance(line, PostLine) and line.offer.position.id == position:
                return row
        return -1

    def counts(self) -> dict[Show | None, int]:
        """Return how many positions there are, and how many each filter leaves."""
        every = [(host, offer) for host in self._hosts for offer in host.offers]
        found: dict[Show | None, int] = {
            one: sum(self._passes(offer, host, one) for host, offer in every) for one in Show
        }
        return {None: len(every), **found}

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the line, or its name."""
        line = self.line(index.row())
        if role == LINE:
            return line
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        match line:
            case HostLine():
                return line.host.enterprise.name
            case PostLine():
                if role == Qt.ItemDataRole.AccessibleTextRole and self.lang:
                    return _heard(line, self.lang)
                return line.offer.position.name
        return None

    def _judge(self) -> None:
        self._matches = {
            offer.position.id: match(offer.position.majors, self._codes)
            for host in self._hosts
            for offer in host.offers
        }

    def _judged(self, line: Line) -> Line:
        if not isinstance(line, PostLine):
            return line
        return replace(line, match=self._matches[line.offer.position.id])

    def _place_of(self, line: Line) -> int:
        return self.lines.index(line) if line in self.lines else -1

    def _passes(self, offer: Offer, host: Host, only: Show | None) -> bool:
        match only:
            case Show.FITTING:
                return self._matches[offer.position.id] is MajorMatch.MATCH
            case Show.FREE:
                return not offer.full
            case Show.OVER:
                return bool(offer.meter.over or host.meter.over)
        return True

    def _of(self, host: Host) -> list[Line]:
        offers = [one for one in host.offers if self._passes(one, host, self.only)]
        if not offers:
            return []
        if self.recommended:
            offers.sort(key=self._worth)
        folded = host.enterprise.id in self._folded
        free = sum(one.free or 0 for one in offers)
        head = HostLine(host, folded, len(offers), free)
        posts = [PostLine(host, one, self._matches[one.position.id]) for one in offers]
        return [head] if folded else [head, *posts]

    def _ordered(self) -> Sequence[Host]:
        if not self.recommended:
            return self._hosts
        return sorted(self._hosts, key=lambda host: min(map(self._worth, host.offers)))

    def _worth(self, offer: Offer) -> tuple[int, bool, int]:
        """Return the sort key of a position: near to the majors first, then with many places."""
        rank = _RANK[self._matches[offer.position.id]]
        rooms = [room for room in (offer.free, offer.meter.room) if room is not None]
        room = min(rooms) if rooms else 1
        return rank if room else rank + len(_RANK), offer.full, -room


def _heard(line: PostLine, lang: Language) -> str:
    offer = line.offer
    known = MATCHES.get(line.match)
    parts = [
        line.host.enterprise.name,
        offer.position.name,
        lang.say(known[1]) if known else "",
        f"{offer.taken} / {offer.position.headcount or '–'}",
        f"{offer.meter.share}%" if offer.meter.share is not None else "",
    ]
    return lang.say(N_(", ")).join(part for part in parts if part)

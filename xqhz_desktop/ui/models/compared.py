"""The rows of a comparison: one a person, or one a field that differs."""

from __future__ import annotations

from dataclasses import dataclass

from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.pairing import State
from xqhz_desktop.services.reconcile import Comparison, Difference, Line, shown
from xqhz_desktop.spreadsheets.kinds import ImportKind
from xqhz_desktop.ui.models.columns import BETWEEN
from xqhz_desktop.ui.models.told import Said, Told

TONES = {
    State.HERE: "warn",
    State.THERE: "info",
    State.DIFFERENT: "bad",
    State.AGAIN: "warn",
    State.UNCLEAR: "warn",
    State.SAME: "good",
}


@dataclass(frozen=True)
class Compared:
    """One row: a person, and a difference where there is one."""

    line: Line
    kind: ImportKind
    difference: Difference | None = None

    def holds(self, words: str) -> bool:
        """Tell whether name, number or class hold these words."""
        parts = (self.line.name, self.line.student_no, self.line.class_name)
        return not words or any(words in part.lower() for part in parts)


def flat(done: Comparison) -> list[Compared]:
    """Return the rows of a comparison in its order."""
    kind = done.meant
    return [
        Compared(line, kind, one) for line in done.lines for one in (line.differences or (None,))
    ]


def columns() -> tuple[Told, ...]:
    """Return the columns of the list."""
    return (
        Told(N_("Name"), _person, 260),
        Told(N_("Result"), _state, 150),
        Told(N_("Field"), _field, 150),
        Told(N_("Here"), _here, 230),
        Told(N_("In the file"), _there, 230),
        Told(N_("Row"), _row, 130),
    )


def _person(one: Compared, _lang: Language) -> Said:
    line = one.line
    beside = BETWEEN.join(filter(None, (line.student_no, line.class_name)))
    return Said(line.name or "—", beside)


def _state(one: Compared, lang: Language) -> Said:
    return Said(lang.say(one.line.state), tone=TONES[one.line.state])


def _field(one: Compared, lang: Language) -> Said:
    if one.difference is None:
        return Said("")
    return Said(lang.say(one.kind.column(one.difference.column).label))


def _here(one: Compared, lang: Language) -> Said:
    if one.difference is None:
        return Said("")
    return Said(shown(one.kind.column(one.difference.column), one.difference.here, lang) or "—")


def _there(one: Compared, lang: Language) -> Said:
    if one.difference is None:
        return Said("")
    return Said(shown(one.kind.column(one.difference.column), one.difference.there, lang) or "—")


def _row(one: Compared, lang: Language) -> Said:
    if not one.line.row:
        return Said("")
    return Said(lang.say(Message("Row {row}", row=str(one.line.row))), one.line.sheet)

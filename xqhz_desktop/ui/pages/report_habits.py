"""How somebody likes reports: favourites, the last one, and how each is printed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace

from xqhz_desktop.reports.kit import Output, Purpose
from xqhz_desktop.services import settings
from xqhz_desktop.ui.widgets.questions import MOST_COPIES, Wanted

_ENTRY = "reports"


@dataclass(frozen=True)
class Habits:
    """What the reports page remembers on this computer; answers about people are not kept."""

    last: str = ""
    favourites: list[str] = field(default_factory=list)
    editions: dict[str, list[str]] = field(default_factory=dict)
    """By report: language and purpose by their names, and copies."""
    folder: str = ""
    """Where the last PDF was saved."""

    def toggled(self, name: str) -> Habits:
        """Return the habits with a report among the favourites, or no longer."""
        if name in self.favourites:
            return replace(self, favourites=[one for one in self.favourites if one != name])
        return replace(self, favourites=[*self.favourites, name])

    def printed_as(self, name: str, wanted: Wanted) -> Habits:
        """Return the habits with the way a report was asked for."""
        edition = [wanted.output.name, wanted.purpose.name, str(wanted.copies)]
        return replace(self, last=name, editions={**self.editions, name: edition})

    def dressed(self, name: str, wanted: Wanted) -> Wanted:
        """Return a wish in the language, purpose and number a report was last wanted in."""
        try:
            output, purpose, copies = self.editions[name]
            return replace(
                wanted,
                output=Output[output],
                purpose=Purpose[purpose],
                copies=min(max(int(copies), 1), MOST_COPIES),
            )
        except (KeyError, ValueError, TypeError):
            return wanted  # never printed, or remembered by another version


def load() -> Habits:
    """Return the habits of this computer; what cannot be read is as on the first day."""
    saved = settings.load().window.get(_ENTRY, {})
    try:
        return Habits(**{one.name: saved[one.name] for one in fields(Habits) if one.name in saved})
    except TypeError:
        return Habits()


def save(habits: Habits) -> None:
    """Remember the habits on this computer."""
    computer = settings.load()
    window = {**computer.window, _ENTRY: asdict(habits)}
    settings.save(replace(computer, window=window))

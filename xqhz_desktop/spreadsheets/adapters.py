"""Templates of authorities as data: which column of a form is which value of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xqhz_desktop.i18n import N_, Bilingual, Message

NOTHING = Bilingual("")

UNKNOWN = ""
"""The key in `Column.words` of a value nobody knows."""


@dataclass(frozen=True)
class Column:
    """One column of a form. Without a source it is one this version cannot fill yet."""

    header: str
    sources: tuple[tuple[str, ...], ...] = ()
    """Paths to our fields, such as ``student.school_class.major.code``: one argument each, and
    of the alternatives of an argument the first that is filled."""
    function: str = ""
    """One of `derived.FUNCTIONS`, asked about the sources."""
    constant: str = ""
    among: frozenset[str] = frozenset()
    """The codes a function looks for."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What the form calls a value, by the name of a choice, a code, ``true`` or ``false``."""
    format: str = ""
    """How a value is written: one of `derived.FORMATS`."""
    number: bool = False
    """Written as a number; everything else is text."""
    required: bool = False
    length: int = 0
    pattern: str = ""
    valid: str = ""
    """A check digit to be verified: one of `submission_checks.VALID`."""
    allowed: tuple[str, ...] = ()
    """The only words the form takes."""
    check: bool = False
    """Nobody has held this column against the original form."""
    note: Bilingual = NOTHING

    @property
    def later(self) -> bool:
        """Tell whether this version keeps no record the column could be filled from."""
        return not (self.sources or self.function or self.constant)


@dataclass(frozen=True)
class Rule:
    """What must fit between columns of a row.

    ``needs``: where a column of `when` has one of its words, `column` must be filled.
    ``order``: `column` is not before `after`.
    """

    name: str
    column: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    after: str = ""


@dataclass(frozen=True)
class Adapter:
    """One form: where it comes from, which records are its rows, and its columns."""

    id: str
    name: Bilingual
    about: Bilingual
    """Where the list of columns comes from, and how far it was verified."""
    version: str
    sheet: str
    columns: tuple[Column, ...]
    listed: bool = False
    """Columns and order come from a published list; else from general knowledge."""
    kind: str = ""
    """The kind whose records are the rows; "" where this version keeps none yet."""
    per: tuple[str, ...] = ()
    """Paths: one row for each combination of these instead of one for each record."""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Records that are rows, by field and values."""
    rules: tuple[Rule, ...] = ()
    own: bool = False
    """Added by the school."""

    @property
    def blank(self) -> tuple[Column, ...]:
        """Return the columns this version cannot fill."""
        return tuple(column for column in self.columns if column.later)

    @property
    def state(self) -> Message:
        """Say how far this version fills the form."""
        filled = len(self.columns) - len(self.blank)
        if not self.kind:
            return Message("Empty form only: this version does not keep these records yet")
        if self.blank:
            return Message("{n} of {all} columns are filled", n=filled, all=len(self.columns))
        return Message("All {n} columns are filled", n=filled)

    @property
    def proof(self) -> Message:
        """Say how sure the columns are."""
        if self.listed:
            return Message(
                "Columns and order come from a published list. "
                "Compare with this year's original before you upload."
            )
        return Message("To be checked against the original before you upload.")


TO_CHECK = N_("to be checked against the original form")
"""The mark of a column nobody has held against the original."""

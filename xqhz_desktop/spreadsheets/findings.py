"""What is wrong with a cell: a stable code for scripts and a sentence for people."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from xqhz_desktop.i18n import N_, Language, Message


@dataclass(frozen=True)
class Finding:
    """One error or warning. A finding on the whole row has no field."""

    field: str
    code: str
    message: Message

    def as_json(self, lang: Language) -> dict[str, str | None]:
        """Return it as the command line prints it."""
        return {"field": self.field or None, "code": self.code, "message": lang.say(self.message)}


TEXTS = {
    "REQUIRED_MISSING": N_("{field} must be filled in."),
    "DUPLICATE_IN_FILE": N_("{field} “{value}” stands in row {row} already. Keep one of the two."),
    "ID_PRECISION_LOST": N_(
        "{field}: the cell is a number, and Excel keeps only 15 digits. "
        "Format the column as text and type the number again."
    ),
    "USCC_PRECISION_LOST": N_(
        "{field}: the cell is a number, and Excel keeps only 15 digits. "
        "Format the column as text and type the code again."
    ),
    "DATE_INVALID": N_("{field}: “{value}” is not a day. Write it like 2026-03-05."),
    "DATE_INCOMPLETE": N_("{field}: “{value}” lacks a part of the date. Write it like 2026-03-05."),
    "DATE_AMBIGUOUS": N_("{field}: “{value}” can mean several days. Write it like 2026-03-05."),
    "DATE_RANGE": N_("{field}: “{value}” lies too far back or ahead. Please compare it."),
    "END_BEFORE_START": N_("The end lies before the start."),
    "NUMBER_INVALID": N_("{field}: “{value}” is not a number."),
    "CHOICE_UNKNOWN": N_("{field}: “{value}” is not one of the known choices."),
    "SEX_ID_MISMATCH": N_("The sex does not fit the ID number. Please compare them."),
    "BIRTH_ID_MISMATCH": N_("The date of birth does not fit the ID number. Please compare them."),
    "USCC_MISSING": N_("There is no credit code. It can be added later."),
    "HIDDEN_ROW": N_("The row is hidden in the file. It is imported all the same."),
    "HOURS_OVER_40": N_("{value} hours a week are more than 40."),
    "HOURS_IN_WEEKS": N_("{field}: “{value}” counts weeks, not hours. It is left empty."),
    "ALLOWANCE_NOT_NUMERIC": N_("{field}: “{value}” is no amount for a month. It is left empty."),
    "ID_TEMPORARY": N_("A temporary number (999…) is not kept as an ID number."),
    "MONTH_ONLY": N_("{field}: “{value}” names only a month. The whole month is counted."),
    "LEADING_ZERO_FORMAT": N_(
        "{field}: the zeros in front come from the number format. “{value}” is kept."
    ),
    "OVER_6_MONTHS": N_("The placement lasts more than six months."),
    "AREA_CODE_OLD": N_("{field}: the first six digits are not a known county code."),
}
"""The sentence of each code that does not bring its own."""


@dataclass
class Spot:
    """The cell that is being read: where it is, and what was found there."""

    field: str
    label: str
    value: Any = ""
    """The raw value, as messages quote it."""
    digits: int = 0
    """Digits its number format shows, zeros in front included."""
    starts_1904: bool = False
    monthly: bool = False
    """The header asks for a month only."""
    errors: list[Finding] = dataclasses.field(default_factory=list)
    warnings: list[Finding] = dataclasses.field(default_factory=list)

    def error(self, code: str, message: Message | None = None, *, on: str = "") -> None:
        """Note an error; the row will not be imported."""
        self.errors.append(Finding(on or self.field, code, message or self._said(code)))

    def warn(self, code: str, message: Message | None = None, *, on: str = "") -> None:
        """Note a warning; the row is kept."""
        self.warnings.append(Finding(on or self.field, code, message or self._said(code)))

    def _said(self, code: str) -> Message:
        value = int(self.value) if _whole(self.value) else self.value
        return Message(TEXTS[code], field=Message(self.label), value=str(value).strip()[:60])


def _whole(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer() and abs(value) < 1e18

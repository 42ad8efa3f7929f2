"""Official papers wait while copies disagree about what they state."""

from __future__ import annotations

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.sync.laptop import Registers


def refuse(reader: Reader, kinds: frozenset[str]) -> None:
    """Raise while records of these kinds wait for a decision that official papers need."""
    found = [kind for kind, _id in Registers(reader).open_ones(least=2) if kind in kinds]
    if found:
        text = NN_(
            "{n} record says two things about an ID number, a status or a score. "
            "Decide it under Conflicts, then make this paper.",
            "{n} records say two things about an ID number, a status or a score. "
            "Decide them under Conflicts, then make this paper.",
        )
        raise UserError(Message(text, n=len(found)), code="UNDECIDED")

"""Which rows of a staged file a chip shows, and in which groups."""

from __future__ import annotations

from typing import Any

from xqhz_desktop.i18n import N_
from xqhz_desktop.services.staged import Staged, StagedRow, State
from xqhz_desktop.ui.models.staged import Group
from xqhz_desktop.ui.widgets.chips import Chip

NEEDED = "needed"
"""The chip of rows that want a look: errors, changes, those gone, warnings."""


def rows_of(staged: Staged, chip: Any) -> list[StagedRow]:
    """Return the rows a chip stands for; None is all rows of the file."""
    if chip == NEEDED:
        return [row for group in groups(staged) for row in group.rows]
    if chip is State.GONE:
        return list(staged.gone)
    return [row for row in staged.rows if chip in (None, row.state)]


def groups(staged: Staged) -> list[Group]:
    """Return the rows that want a look, what blocks first."""
    about = {
        State.ERROR: N_("Mend them here: F2. A mended row moves to new or changed."),
        State.CHANGED: N_("Blue cells will change: the old value above, the new one below."),
    }
    found = [
        Group(state.value, said, tuple(row for row in staged.rows if row.state is state), state)
        for state, said in about.items()
    ]
    text = N_("Known here, missing from the file. They stay as they are unless you choose.")
    found.append(Group(State.GONE.value, text, staged.gone, State.GONE))
    plain = (State.NEW, State.SAME)
    doubtful = tuple(row for row in staged.rows if row.warnings and row.state in plain)
    found.append(Group(N_("Doubtful"), N_("They are imported all the same."), doubtful))
    return [one for one in found if one.rows]


def chips(staged: Staged) -> list[Chip]:
    """Return the chips with their counts."""
    counts = staged.counts
    return [
        Chip(NEEDED, N_("Needs a look"), len(rows_of(staged, NEEDED))),
        Chip(State.NEW, State.NEW.value, counts["new"]),
        Chip(State.CHANGED, State.CHANGED.value, counts["changed"]),
        Chip(State.SAME, State.SAME.value, counts["same"]),
        Chip(State.GONE, State.GONE.value, counts["gone"]),
        Chip(State.ERROR, State.ERROR.value, counts["errors"]),
    ]

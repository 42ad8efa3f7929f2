"""Which rows of a staged file a chip shows, and in which groups."""

from __future__ import annotations

from collections import Counter
from typing import Any

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.staged import Staged, StagedRow, State
from xqhz_desktop.ui.models.staged import Group
from xqhz_desktop.ui.widgets.chips import Chip

_MANY = 3
"""Cells of a column that Excel has cut; fewer are told one by one only."""

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


def damaged(staged: Staged) -> Message | None:
    """Say it once where a whole column lost its last digits, whatever each cell says."""
    lost = Counter(
        one.field
        for row in staged.rows
        for one in row.errors
        if one.code.endswith("_PRECISION_LOST")
    )
    for name, n in lost.most_common(1):
        if n >= _MANY and n * 2 > len(staged.rows):
            label = staged.understood.meant.column(name).label
            return Message(
                "{field}: in {n} cells Excel has cut the last digits, and nobody can guess them. "
                "Format the column as text, fill it in again, and choose the file again.",
                field=Message(label),
                n=n,
            )
    return None

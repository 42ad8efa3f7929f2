"""What people decided about twins: these two are one, or these two are not."""

from __future__ import annotations

from xqhz_desktop.domain.fields import code, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_


@record("alias", N_("Merged record"), N_("Merged records"), keys=(("dropped",),))
class Alias(Record):
    """A record that was found to be another one: `dropped` is known as `kept` from now on.

    What was moved and how the dropped one looked is in the journal, in the step that made this.
    """

    of_kind: str = code(N_("Kind of record"), required=True)
    dropped: str = code(N_("Dropped record"), required=True)
    kept: str = code(N_("Kept record"), required=True)
    name: str = text(N_("Name of the dropped one"))


@record("apart", N_("Pair of different records"), N_("Pairs of different records"))
class Apart(Record):
    """Two records that look alike and are not the same; `one` has the smaller id."""

    of_kind: str = code(N_("Kind of record"), required=True)
    one: str = code(N_("First record"), required=True)
    other: str = code(N_("Second record"), required=True)
    name: str = text(N_("Names"), limit=410)

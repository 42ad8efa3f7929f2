"""How a list is exported: columns in their order, kept under a name for everybody in the school."""

from __future__ import annotations

from xqhz_desktop.domain.fields import code, flag, note, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_


@record("export_layout", N_("Export layout"), N_("Export layouts"))
class ExportLayout(Record):
    """Columns of one kind of record; `usual` is the one an export begins with."""

    of_kind: str = code(N_("Kind of record"), required=True)
    name: str = text(N_("Name"), required=True, limit=60)
    columns: str = note(N_("Columns"), required=True)
    """Field names and paths such as ``student.phone``, joined by commas."""
    totals: bool = flag(N_("Totals row"))
    usual: bool = flag(N_("Used at first"))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns one by one."""
        return tuple(name for name in self.columns.split(",") if name)

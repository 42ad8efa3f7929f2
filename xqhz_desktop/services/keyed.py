"""By which columns a row finds its record: each key, best first, or the one the user chose."""

from __future__ import annotations

from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import former
from xqhz_desktop.services.known import Known, Unclear, Values
from xqhz_desktop.spreadsheets.general import import_kind


def offered(kind: str) -> list[str]:
    """Return the columns of which one can be chosen as the key; none where there is one key."""
    firsts = list(dict.fromkeys(names[0] for names in import_kind(kind).keys))
    return firsts if len(firsts) > 1 else []


def columns(known: Known, kind: str, values: Values) -> list[str]:
    """Return the columns by which a row finds its record; raise Unclear where one is missing."""
    chosen = known.choice.key
    if chosen not in offered(kind):
        return offered(kind)
    if not values.get(chosen):
        label = Message(import_kind(kind).column(chosen).label)
        raise Unclear(chosen, Message("{field} must be filled in.", field=label))
    return [chosen]


def refuse_taken(known: Known, kind: str, values: Values, old: Record | None) -> None:
    """Raise Unclear where a number of the row belongs to another record than the chosen key's."""
    if not known.choice.key:
        return
    for field in former.FIELDS[kind]:
        value = str(values.get(field) or "")
        other = known.find(kind, field, value)
        if other and (old is None or other.id != old.id):
            text = Message("{value} belongs to {name}.", value=value, name=other.called)
            raise Unclear(field, text)

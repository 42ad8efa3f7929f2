"""Records named in cells: found by name or number, in the light of the record that names them."""

from __future__ import annotations

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import naming
from xqhz_desktop.spreadsheets.findings import Spot
from xqhz_desktop.spreadsheets.texts import company, half
from xqhz_desktop.spreadsheets.typed import Typed
from xqhz_desktop.storage.store import Reader


class Referring:
    """Finds records by what cells call them; the same text is looked up once."""

    def __init__(self, reader: Reader) -> None:
        """Look up on one snapshot."""
        self._reader = reader
        self._found: dict[tuple[str, str], Typed] = {}
        self._ambiguous: set[tuple[str, str]] = set()
        self.names: dict[str, str] = {}
        """What the records met so far are called, by id."""

    def find(self, field: Field, text: str, record: Record) -> Typed:
        """Return the record a text names in a field of `record`, or why there is none.

        Of namesakes that which belongs to the same is meant: the position of the enterprise.
        """
        known = (field.target, text.strip())
        if known not in self._found:
            self._found[known] = self._look(field, *known)
        if known in self._ambiguous and (one := self._near(field, known[1], record)):
            return Typed(one.id)
        return self._found[known]

    def _look(self, field: Field, target: str, text: str) -> Typed:
        """Look for the text as it is, then in half width, then as companies are written."""
        tries = dict.fromkeys((text, half(text), company(text, Spot("", "")) or text))
        problem: UserError | None = None
        for one in tries:
            try:
                id = naming.reference(self._reader, target, one)
            except UserError as error:
                problem = problem or error
                if error.code == "AMBIGUOUS":
                    self._ambiguous.add((target, text))
            else:
                self.names |= self._reader.names(target, [id])
                return Typed(id)
        return Typed(problem=problem.message if problem else None)

    def _near(self, field: Field, text: str, record: Record) -> Record | None:
        """Return the one record of that name that shares a reference with the record."""
        entity = BY_KIND[field.target]
        mine = references(type(record))
        shared = {
            other: value
            for other, kind in references(entity).items()
            for name, target in mine.items()
            if target == kind and name != field.name and (value := getattr(record, name))
        }
        if not shared or entity.FIELDS[entity.TITLE].target:
            return None
        found = list(self._reader.all(entity.KIND, **{entity.TITLE: text}, **shared))
        return found[0] if len(found) == 1 else None

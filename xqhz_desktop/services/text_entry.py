"""What is typed into a grid and not saved yet: texts by cell, what they mean, the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message

Place = tuple[str, str]
"""A cell: the key of its row, and the field."""


class TextEntry:
    """Texts typed into the cells of a grid; one that is no value stays as it is, marked wrong."""

    def __init__(self) -> None:
        """Begin with nothing typed."""
        self._texts: dict[Place, str] = {}
        self._before: list[dict[Place, str]] = []

    @property
    def texts(self) -> Mapping[Place, str]:
        """Return what was typed, by cell."""
        return self._texts

    @property
    def wrong(self) -> dict[Place, Message]:
        """Return the cells whose text is no value, with the reason."""
        found = ((place, self.meant(place[1], text)) for place, text in self._texts.items())
        return {place: value for place, value in found if isinstance(value, Message)}

    def edits(self) -> dict[str, dict[str, Any]]:
        """Return the values to be saved, by row and field; wrong ones are left out."""
        found: dict[str, dict[str, Any]] = {}
        for (key, field), text in self._texts.items():
            value = self.meant(field, text)
            if not isinstance(value, Message):
                found.setdefault(key, {})[field] = value
        return found

    def type(self, cells: Mapping[Place, str]) -> bool:
        """Take texts as one edit; False where nothing changes. Locked rows stay as they are."""
        after = dict(self._texts)
        for (key, field), text in cells.items():
            if not self.open(key):
                continue
            if self.meant(field, text) == self.stored(key, field):
                after.pop((key, field), None)
            else:
                after[key, field] = text
        if after == self._texts:
            return False
        self._before.append(self._texts)
        self._texts = after
        return True

    def take_back(self) -> bool:
        """Take the last edit back; False where there is none."""
        if not self._before:
            return False
        self._texts = self._before.pop()
        return True

    def clear(self) -> None:
        """Drop everything that was typed."""
        self._texts, self._before = {}, []

    def meant(self, field: str, text: str) -> Any:
        """Return the value of a text, or what is wrong with it."""
        try:
            return self.read(field, text)
        except UserError as error:
            return error.message

    def read(self, field: str, text: str) -> Any:
        """Return the value of a text; raise UserError where it is none."""
        raise NotImplementedError

    def stored(self, key: str, field: str) -> Any:
        """Return the value the database has."""
        raise NotImplementedError

    def open(self, key: str) -> bool:
        """Tell whether a row is there and may be typed into."""
        raise NotImplementedError

"""Own fields of the sample school, with a code list, and believable values in them."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from functools import cache
from typing import Any, TypeVar

from xqhz_desktop import paths
from xqhz_desktop.domain.layout import ExportLayout
from xqhz_desktop.domain.own import OwnChoice, OwnField, OwnList, OwnType
from xqhz_desktop.domain.records import Record
from xqhz_desktop.services.sample.draw import Draw, Lots
from xqhz_desktop.services.sample.numbers import Numbers

T = TypeVar("T")


class OwnSheet:
    """The own fields of one sample school; chance of their own, so nothing else changes by them."""

    def __init__(self, numbers: Numbers, seed: int) -> None:
        """Make the definitions."""
        self._draw = Draw(seed, "own fields")
        self.definitions: list[Record] = []
        self._drawn: dict[str, list[tuple[str, float, Lots[Any]]]] = {}
        choices: dict[str, tuple[str, Lots[Any]]] = {}
        for one in _told()["lists"]:
            listed = OwnList(id=numbers.id(), name=one["name"], name_en=one["name_en"])
            made = list(_choices(numbers, listed, one))
            self.definitions += [listed, *made]
            ids = [each.id for each in made if not each.retired]
            choices[listed.name] = listed.id, Lots(dict(zip(ids, one["weights"], strict=True)))
        for place, one in enumerate(_told()["fields"], 1):
            list_id, lots = choices.get(one.get("list", ""), ("", None))
            field = OwnField(
                id=numbers.id(),
                of_kind=one["kind"],
                name=one["name"],
                name_en=one["name_en"],
                type=OwnType[one["type"]],
                own_list=list_id,
                search=one.get("search", False),
                place=place,
            )
            self.definitions.append(field)
            lots = lots or Lots(dict.fromkeys(_values(field, one), 1))
            self._drawn.setdefault(field.of_kind, []).append((field.id, one["share"], lots))
        self.definitions.append(_layout(numbers, self.definitions))

    def filled(self, records: Generator[Record, None, T]) -> Generator[Record, None, T]:
        """Yield records with own values drawn for them; return what their maker returns."""
        while True:
            try:
                record = next(records)
            except StopIteration as end:
                made: T = end.value
                return made
            yield self._with_values(record)

    def _with_values(self, record: Record) -> Record:
        drawn = self._drawn.get(record.KIND, ())
        some = {id: self._draw.lot(lots) for id, share, lots in drawn if self._draw.chance(share)}
        return record.but(own=dict(sorted(some.items()))) if some else record


def _choices(numbers: Numbers, listed: OwnList, told: dict[str, Any]) -> Iterator[OwnChoice]:
    names = [*((one, False) for one in told["choices"]), *((one, True) for one in told["retired"])]
    for place, ((name, english), retired) in enumerate(names, 1):
        yield OwnChoice(
            id=numbers.id(),
            own_list=listed.id,
            name=name,
            name_en=english,
            place=place,
            retired=retired,
        )


def _layout(numbers: Numbers, definitions: list[Record]) -> ExportLayout:
    """Return a list to print with the students' own fields."""
    fields = [one for one in definitions if isinstance(one, OwnField)]
    mine = [one.field_name for one in fields if one.of_kind == "student"]
    return ExportLayout(
        id=numbers.id(),
        of_kind="student",
        name=_told()["layout"],
        columns=",".join(("student_no", "name", "sex", "school_class", *mine)),
    )


def _values(field: OwnField, told: dict[str, Any]) -> list[Any]:
    """Return the cells to draw from."""
    if field.type is OwnType.MONEY:
        return [int(float(one) * 100) for one in told["values"]]
    return [1] if field.type is OwnType.FLAG else list(told["values"])


@cache
def _told() -> dict[str, Any]:
    text = paths.resource("samples", "own_fields.json").read_text(encoding="utf-8")
    return dict(json.loads(text))

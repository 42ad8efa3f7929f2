"""A form of an authority as .xlsx: its very headers, everything text, and a sheet of notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import OWN
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.spreadsheets.adapter_reading import SCHOOL
from xqhz_desktop.spreadsheets.adapters import TO_CHECK, Adapter, Column
from xqhz_desktop.spreadsheets.template import LAST_ROW
from xqhz_desktop.spreadsheets.write import put, workbook

_LONGEST_LIST = 255
"""Characters Excel takes in a list of choices inside a cell."""
_BLUE = "#E8EEF4"


def write_form(path: Path, adapter: Adapter, rows: Iterable[Sequence[str]], lang: Language) -> int:
    """Write a form with its rows of texts; return how many rows there are."""
    with workbook(path, streamed=False) as book:
        data = book.add_worksheet(adapter.sheet)
        count = _fill_data(book, data, adapter, rows)
        name = lang.say(N_("How to fill it in"))
        _fill_notes(book, book.add_worksheet(name), adapter, lang)
    return count


def origin(adapter: Adapter, column: Column, lang: Language) -> str:
    """Say where the values of a column come from."""
    if column.later:
        return lang.say(N_("Not recorded yet by this version"))
    if column.constant:
        return lang.say(Message("Always “{value}”", value=column.constant))
    ways = [_way(adapter.kind, path, lang) for some in column.sources for path in some]
    if not column.function:
        said = ways[0]
        for way in ways[1:]:
            said = lang.say(Message("{one}, or {other}", one=said, other=way))
        return said
    if not ways:
        return lang.say(N_("The moment of export"))
    return lang.say(Message("Worked out from: {fields}", fields=list(dict.fromkeys(ways))))


def _fill_data(book: Any, sheet: Any, adapter: Adapter, rows: Iterable[Sequence[str]]) -> int:
    as_text, plain = book.add_format({"num_format": "@"}), book.add_format({})
    head = {"bold": True, "bg_color": _BLUE, "border": 1, "num_format": "@"}
    needed, other = book.add_format({**head, "font_color": "#C00000"}), book.add_format(head)
    styles = [plain if column.number else as_text for column in adapter.columns]
    for place, column in enumerate(adapter.columns):
        wide = max(12, min(2 * len(column.header) + 2, 40))
        sheet.set_column(place, place, wide, styles[place])
        sheet.write_string(0, place, column.header, needed if column.required else other)
        _offer(sheet, place, column)
    count = 0
    for count, row in enumerate(rows, 1):
        for place, (column, text) in enumerate(zip(adapter.columns, row, strict=True)):
            put(sheet, (count, place), _number(text) if column.number else text, styles[place])
    if not adapter.kind:
        _keep_text(sheet, adapter, as_text)
    sheet.freeze_panes(1, 0)
    return count


def _keep_text(sheet: Any, adapter: Adapter, style: Any) -> None:
    """Format the cells of an empty form one by one: rows that are added lose the column's."""
    for place, column in enumerate(adapter.columns):
        if not column.number:
            for row in range(1, LAST_ROW):
                sheet.write_blank(row, place, None, style)


def _offer(sheet: Any, place: int, column: Column) -> None:
    """Offer the words a column takes, as far as Excel can."""
    if column.allowed and len(",".join(column.allowed)) <= _LONGEST_LIST:
        offer = {"validate": "list", "source": list(column.allowed), "error_type": "information"}
        sheet.data_validation(1, place, LAST_ROW - 1, place, offer)


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _fill_notes(book: Any, sheet: Any, adapter: Adapter, lang: Language) -> None:
    bold = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "bg_color": _BLUE, "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate((30, 10, 46, 26, 60)):
        sheet.set_column(place, place, width, wrapped)
    say = lang.say
    sheet.write_string(0, 0, say(adapter.name), bold)
    plain = book.add_format({"valign": "top"})
    version = Message("Version {version}", version=adapter.version or "—")
    told: tuple[str | Message, ...] = (adapter.proof, adapter.about, adapter.state, version)
    for row, text in enumerate(told, 1):
        sheet.write_string(row, 0, say(text), plain)
    titles = (N_("Column"), N_("Needed"), N_("Comes from"), N_("Check"), N_("Note"))
    for place, title in enumerate(titles):
        sheet.write_string(6, place, say(title), head)
    for row, column in enumerate(adapter.columns, 7):
        cells = (
            column.header,
            say(N_("required") if column.required else N_("optional")),
            origin(adapter, column, lang),
            say(TO_CHECK) if column.check or not adapter.listed else "",
            say(column.note),
        )
        for place, text in enumerate(cells):
            put(sheet, (row, place), text, wrapped)
    sheet.freeze_panes(7, 1)


def _way(kind: str, path: str, lang: Language) -> str:
    """Return a path as people know it: 学生 › 班级 › 专业."""
    steps, labels = path.split("."), []
    if steps[0] == SCHOOL and SCHOOL not in BY_KIND[kind].FIELDS:
        kind = SCHOOL
        labels.append(lang.say(BY_KIND[kind].LABEL))
        steps = steps[1:]
    for step in steps:
        field = BY_KIND[kind].FIELDS.get(step)
        labels.append(lang.say(field.label) if field else step.removeprefix(OWN))
        kind = field.target if field and field.target in BY_KIND else kind
    return " › ".join(labels)

"""Import templates: a sheet to fill in, one that explains it, and lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from xqhz_desktop.domain import BY_KIND, codes
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.i18n import N_, Language
from xqhz_desktop.spreadsheets.general import import_kind
from xqhz_desktop.spreadsheets.kinds import NUMBERED, Column, ImportKind, Sort
from xqhz_desktop.spreadsheets.lexicon import choices
from xqhz_desktop.spreadsheets.own import with_own
from xqhz_desktop.spreadsheets.write import put, workbook

LAST_ROW = 5_000
"""Cells that must stay text are formatted down to this row: rows added later lose it otherwise."""

_TEXT = frozenset({Sort.CODE, Sort.ID, Sort.USCC, Sort.PHONE, Sort.LABEL})
_LONGEST_LIST = 200

_HOW = {
    Sort.PERSON: N_("The full name, without blanks between Chinese characters."),
    Sort.COMPANY: N_("The full name as on the business licence."),
    Sort.CODE: N_("As text; zeros in front count."),
    Sort.LABEL: N_("Written the same way in every row."),
    Sort.PHONE: N_("A mobile or landline number."),
    Sort.ID: N_("18 characters, as text. A number cell loses digits."),
    Sort.USCC: N_("18 characters, as text. Leave it empty where there is none."),
    Sort.DAY: N_("Year, month and day, such as 2026-03-05."),
    Sort.MONEY: N_("Yuan a month, such as 2200."),
    Sort.HOURS: N_("Hours a week, such as 40 or 8*5."),
    Sort.NUMBER: N_("A number."),
    Sort.WHOLE: N_("A whole number."),
    Sort.MONTH: N_("Year and month, such as 2026-03."),
    Sort.YUAN: N_("An amount in yuan, such as 300."),
    Sort.MARK: N_("0 to 100, or a word such as “absent”."),
    Sort.CHOICE: N_("Choose from the list."),
    Sort.TABLE: N_("The name or code of the official table."),
    Sort.FLAG: N_("Yes or no."),
    Sort.MARKER: N_("A tick, a number of days or a word."),
    Sort.PERCENT: N_("A share in percent, such as 40 or 40%."),
    Sort.CODES: N_("Names or codes of the official table, with 、 between them."),
    Sort.DAYMARK: N_("√ 8 √8+2 夜8 假 病 × △ 休, as on the paper sheet."),
}
_NAMED = N_("The name or number it has in this program.")
_NAMING = frozenset({Sort.TEXT, Sort.LABEL, Sort.PERSON, Sort.CODE})
_COMPANIES = ("某某科技有限公司", "某某餐饮管理有限公司")
_SAMPLES: dict[str, tuple[str, str]] = {
    "student_no": ("2024010101", "2024010102"),
    "name": ("李某某", "王某某"),
    "sex": ("男", "女"),
    "birth_date": ("2008-08-07", "2008年3月15日"),
    "class_name": ("24机电1班", "24机电1班"),
    "enterprise_name": _COMPANIES,
    "start_date": ("2026-03-01", "2026.3.1"),
    "end_date": ("2026-08-31", "2026.8.31"),
    "weekly_hours": ("40", "8小时*5天"),
    "allowance": ("2200", "2200元/月"),
    "course_code": ("10001", "10002"),
    "course_name": ("机械制图", "电工基础"),
}


def write_template(
    kind: str,
    path: Path,
    lang: Language,
    own: Sequence[Field] = (),
    known: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write the import template of a kind of list, with the school's own fields, in a language.

    `known` are names to choose from, by column: the classes, batches and enterprises there are.
    """
    wanted = with_own(import_kind(kind), own)
    offered = {one.name: _offered(one, lang) for one in own}
    columns = asked(wanted)
    with workbook(path, streamed=False) as book:
        data = book.add_worksheet(lang.say(N_("Data to import")))
        notes = book.add_worksheet(lang.say(N_("How to fill it in")))
        lists = book.add_worksheet(lang.say(N_("Codes")))
        lists.hide()
        _fill_data(book, data, wanted, columns, lang)
        _fill_notes(book, notes, wanted, columns, lang)
        listed = 0
        for place, column in enumerate(columns):
            words = offered.get(column.name) or _words(column, lang)
            words = [*words, *(known or {}).get(column.name, ())]
            if words:
                _add_list(data, lists, place, listed, words)
                listed += 1


def asked(kind: ImportKind) -> list[Column]:
    """Return the columns of a template: nobody is asked for ID numbers to tell who is meant."""
    return [
        one
        for one in kind.columns
        if not one.parts and not (kind.general and one.path and one.sort is Sort.ID)
    ]


def required(kind: ImportKind) -> set[str]:
    """Return the columns a record cannot do without; of alternatives the best."""
    return {group[0] for group in kind.needs}


def _fill_data(
    book: Any, sheet: Any, kind: ImportKind, columns: list[Column], lang: Language
) -> None:
    must = required(kind)
    plain = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
    red = book.add_format(
        {"bold": True, "bg_color": "#E8EEF4", "border": 1, "font_color": "#C00000"}
    )
    as_text = book.add_format({"num_format": "@"})
    grey = book.add_format({"num_format": "@", "font_color": "#808080", "italic": True})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        needed = column.name in must
        said = lang.say(column.label)
        sheet.write_string(0, place, f"{said}*" if needed else said, red if needed else plain)
        text = column.sort in _TEXT
        sheet.set_column(place, place, 22 if text else 16, as_text if text else None)
        for row, sample in enumerate(_sample(column, kind, lang), 1):
            put(sheet, (row, place), sample, grey)
        if text:
            for row in range(3, LAST_ROW):
                sheet.write_blank(row, place, None, as_text)


def _fill_notes(
    book: Any, sheet: Any, kind: ImportKind, columns: list[Column], lang: Language
) -> None:
    must = required(kind)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 60, wrapped)
    for place, said in enumerate((N_("Column"), N_("Needed"), N_("What to write"))):
        sheet.write_string(0, place, lang.say(said), head)
    for row, column in enumerate(columns, 1):
        needed = N_("required") if column.name in must else N_("optional")
        how = _NAMED if _names_another(kind, column) else _HOW.get(column.sort, N_("Any text."))
        for place, text in enumerate((column.label, needed, how)):
            sheet.write_string(row, place, lang.say(text))
    sheet.write_string(
        len(columns) + 2, 0, lang.say(N_("The grey sample rows are ignored; they may stay."))
    )


def _add_list(data: Any, lists: Any, place: int, listed: int, words: list[str]) -> None:
    """Put a list on the hidden sheet and offer it in a column; other words stay possible."""
    for row, word in enumerate(words):
        lists.write_string(row, listed, word)
    letter = xl_col_to_name(listed)
    name = lists.get_name().replace("'", "''")
    data.data_validation(
        1,
        place,
        LAST_ROW - 1,
        place,
        {
            "validate": "list",
            "source": f"='{name}'!${letter}$1:${letter}${len(words)}",
            "error_type": "information",
        },
    )


def _offered(own: Field, lang: Language) -> list[str]:
    """Return what to choose from in a column the school added."""
    if own.kind is Kind.FLAG:
        return [own.show(True, lang), own.show(False, lang)]
    return [lang.say(one) for one in own.offered]


def _names_another(kind: ImportKind, column: Column) -> bool:
    """Tell whether a column names a record that has to be known."""
    if kind.name not in BY_KIND or column.sort in NUMBERED or column.sort is Sort.DAY:
        return False
    field = BY_KIND[kind.name].FIELDS.get(column.field)
    return field is not None and field.kind is Kind.REF


def _words(column: Column, lang: Language) -> list[str]:
    if column.choices:
        known = choices().get(column.choices.__name__, {}) if lang.code == "zh_CN" else {}
        return [
            known[one.name][0] if one.name in known else lang.say(one)
            for one in column.choices
            if one.name != "UNKNOWN"
        ]
    if column.sort is Sort.FLAG:
        return [lang.value(True), lang.value(False)]
    if column.table and len(codes.codes(column.table)) <= _LONGEST_LIST:
        return [one.said(lang.code) for one in codes.codes(column.table).values()]
    return []


def _sample(column: Column, kind: ImportKind, lang: Language) -> tuple[str, str]:
    """Return the two sample cells; what names the row says that it is a sample."""
    first, second = _SAMPLES.get(column.name, ("", ""))
    if column.name == "name" and column.sort is not Sort.PERSON:
        first, second = "", ""  # a title, not somebody
    if column.name in kind.alone and not first and column.sort in _NAMING:
        first, second = (f"{lang.say(column.label)}{n}" for n in (1, 2))
    if column.sort is Sort.COMPANY:
        first, second = _COMPANIES
    if column.name in kind.subject and first:
        mark = "示例" if lang.code == "zh_CN" else "Sample "
        return mark + first, mark + second
    if column.choices and first and lang.code != "zh_CN":
        words = _words(column, lang)
        return words[0], words[-1]
    return first, second

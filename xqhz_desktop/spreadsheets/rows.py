"""Which rows of a sheet are records, and which are titles, totals, notes and signatures."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xqhz_desktop.spreadsheets import preamble
from xqhz_desktop.spreadsheets.headers import Header, header_of, label
from xqhz_desktop.spreadsheets.kinds import NUMBERED, ImportKind, filled
from xqhz_desktop.spreadsheets.sheet import MOST_CELLS, Sheet, Value

_TOTAL = re.compile(
    r"(本页|本班|分|各)?(合计|总计|小计|共计|总数|总人数|累计|平均|平均分|平均值)([:：\d人].*)?"
    r"|共[计有]?\d+[条人名家个项位门].*|.{2,12}(小计|合计)|(sub)?totals?([:：\d].*)?|sum|average"
    r"|(最高|最低)分?([:：].*)?|标准差|.{0,3}(及格|优秀|优良|良好|合格|通过|出勤|到岗)率([:：].*)?"
    r"|(应考|实考|参考|缺考|应到|实到|不?及格|优秀|良好|中等)人数([:：].*)?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(填表|填报|制表|审核|审批|复核|经办|主管|分管|负责|统计|联系|校对|录入)(人|领导|单位|部门|日期|时间)?(签字|签名|[(（].*[)）])?[:：].*"
    r"|(制表|制单|审核|审批|复核|校长|院长|主任|班主任|教务处|学校|单位|部门|系部|企业|学院)([(（]?(签字|签名|签章|盖章|公章)[)）]?)?[:：].*"
    r"|.{0,12}[(（](盖章|公章|签章|签字|签名)[)）].*"
    r"|(备注|附注|注|注意|说明|填表说明|填报说明|填写说明|特别说明|日期|联系电话|打印时间|打印日期)\d*[:：].*"
    r"|第\d+页.*|以[上下](空白|内容|为).*|此(表|页).*|本表.*|\d{4}年\d{1,2}月\d{1,2}日|年月日",
)
_SAMPLE = re.compile(r"示例|样例|范例|举例|例如|例[:：]|示范|sample|example|e\.g\.", re.IGNORECASE)
_HINT = re.compile(
    r"(必填|选填|非必填|可选|可空|可不填|文本|文本格式|数字|日期|下拉选择|required|optional|text)"
)
_STRONG = re.compile(r"[\s'\"=]*[A-Za-z]*\d[0-9A-Za-z\s.-]{4,}[\s\"]*")
_CLASS = re.compile(r"\d{2,4}级?[\u3400-\u9fff（）()]{1,12}?\d{0,3}[（(]?\d{0,3}[)）]?班")
_SHORT_CLASS = re.compile(
    r"(\d{2,4}级?)?[\u3400-\u9fff]{2,10}\d{1,4}([(]\d+[)])?|\d{2,4}[\u3400-\u9fff]{2,10}"
)
_CLASS_TOLD = re.compile(r"班\s*级\s*(?:名称)?\s*[:：]\s*([^\s:：,，;；]+)")
_NO_CLASS = re.compile(
    r"名单|花名册|名册|汇总|总表|统计|说明|sheet|table|工作表|学生|信息|全校|全部|数据|导入|模板"
    r"|表$|text|[年月日级届页期]$|课程|成绩|实习|企业|安排|考勤",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RecordRow:
    """One row that is a record: its own cells, those filled down by merges, and its class."""

    number: int
    cells: dict[str, Value]
    header: Header
    class_name: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    """What stands above the list for every row of it, by column name."""


def record_rows(sheet: Sheet, header: Header, kind: ImportKind) -> Iterator[RecordRow]:
    """Return the records under a header; a header that is repeated may change the columns."""
    class_name = class_of(sheet, header)
    above = preamble.told(sheet, header.rows[0], kind)
    merged = filled_down(sheet)
    classed = any(one.name == "class_name" for one in kind.columns)
    labels = _labels(sheet, header)
    for number, row in sheet.rows:
        if number <= header.rows[-1]:
            continue
        if _is_header(row, labels):
            again = header_of([(number, row)], sheet, kind, header.wished)
            if len(again.columns) * 2 >= len(header.columns):
                header = again if len(again.columns) >= len(header.columns) else header
                continue
        own = {
            name: row[place]
            for place, name in header.columns.items()
            if place < len(row) and not _nothing(row[place])
        }
        if any(_is_sample(own[name]) for name in kind.subject if name in own):
            continue
        if not _has_key(own, kind):
            said = [value for value in row if not _nothing(value)]
            alone = len(said) == 1 and (classed or not own.keys() & kind.alone)
            if alone and isinstance(said[0], str) and (room := _section(said[0])):
                class_name = room
                continue
            if not _is_record(own, said, kind):
                continue
        down = merged.get(number, {})
        if _continues(own, down, header, kind):
            continue
        for place, value in down.items():
            name = header.columns.get(place, "")
            if name and name not in own and name not in kind.alone:
                own[name] = value
        yield RecordRow(number, own, header, class_name, above)


def class_of(sheet: Sheet, header: Header) -> str:
    """Return the class a whole sheet is about: by its name, or by what stands above the header."""
    if looks_like_class(sheet.name):
        return _half(sheet.name)
    for number, row in sheet.rows:
        if number >= header.rows[0]:
            break
        line = "  ".join(value for value in row if isinstance(value, str))
        if found := _CLASS_TOLD.search(line) or _CLASS.search(line):
            return _half(found[found.re.groups])
    return ""


def looks_like_class(text: str) -> bool:
    """Tell whether a short text names a class: 24机电1班, 机电2401, 高一(3)班, Class 3A."""
    said = _half(text)
    if not 2 <= len(said) <= 20 or _NO_CLASS.search(said):
        return False
    if re.fullmatch(r"class\s*\w{1,6}", said, re.IGNORECASE):
        return True
    if not re.search("[\u3400-\u9fff]", said):
        return False
    return said.endswith("班") or bool(
        re.fullmatch(
            r"(\d{2,4}级?)?[\u3400-\u9fff]{2,10}\d{1,4}([(]\d+[)])?|\d{2,4}[\u3400-\u9fff]{2,10}",
            said,
        )
    )


def _section(text: str) -> str:
    """Return the class a line between the rows of a list names, with or without more about it."""
    bare = re.sub(r"\s*[(（][^()（）]*[)）]\s*$", "", text)
    for one in (text, bare):
        if looks_like_class(one):
            return _half(one)
    told = _CLASS_TOLD.search(text)
    return _half(told[1]) if told and looks_like_class(told[1]) else ""


def filled_down(sheet: Sheet) -> dict[int, dict[int, Value]]:
    """Return what vertical merges give to the rows below, by row number and column."""
    numbers = [number for number, _ in sheet.rows]
    by_number = dict(sheet.rows)
    found: dict[int, dict[int, Value]] = {}
    budget = MOST_CELLS
    for one in sheet.merges[:50_000]:
        top = by_number.get(one.top, ())
        if one.bottom == one.top or one.left > len(top) or _nothing(top[one.left - 1]):
            continue
        first = bisect.bisect_right(numbers, one.top)
        last = bisect.bisect_right(numbers, one.bottom)
        budget -= (last - first) * (one.right - one.left + 1)
        if budget < 0:
            break
        for number in numbers[first:last]:
            for column in range(one.left - 1, one.right):
                found.setdefault(number, {})[column] = top[one.left - 1]
    return found


def _has_key(own: dict[str, Value], kind: ImportKind) -> bool:
    """Tell whether a row has a number that only records have."""
    return any(
        one.name in own and _STRONG.fullmatch(str(own[one.name]))
        for one in kind.columns
        if one.sort in NUMBERED and one.name in kind.subject
    )


def _is_record(own: dict[str, Value], said: Sequence[Value], kind: ImportKind) -> bool:
    """Tell whether a row is data, by its own filled cells (by column name, and all of them)."""
    if not own:
        return False
    texts = [_half(value) for value in said if isinstance(value, str)]
    if any(_TOTAL.fullmatch(one) for one in texts[:3]):
        return False
    if texts and (_NOTE.fullmatch(texts[0]) or all(_HINT.fullmatch(one) for one in texts)):
        return False
    if len(said) == 1 and texts and (len(texts[0]) > 12 or re.search("[:：]", texts[0])):
        return False
    if _counts_columns(said):
        return False
    if set(own) & kind.alone:
        return True
    return bool(set(own) - filled(one for one in kind.columns if one.grouping) - _grouping(kind))


def _continues(
    own: dict[str, Value], down: dict[int, Value], header: Header, kind: ImportKind
) -> bool:
    """Tell whether a row only goes on with the record above, whose name is merged over it."""
    if set(own) & kind.alone:
        return False
    return any(header.columns.get(place) in kind.alone for place in down)


def _labels(sheet: Sheet, header: Header) -> frozenset[str]:
    return frozenset(
        text
        for number, row in sheet.rows
        if header.rows[0] <= number <= header.rows[-1]
        for value in row
        if (text := label(value))
    )


def _is_header(row: Sequence[Value], labels: frozenset[str]) -> bool:
    """Tell whether a header comes again, as on each printed page."""
    said = [value for value in row if isinstance(value, str) and value]
    return len(said) > 1 and said[0] in labels and said[-1] in labels


def _grouping(kind: ImportKind) -> set[str]:
    return {one.name for one in kind.columns if one.grouping}


def _counts_columns(said: Sequence[Value]) -> bool:
    """Tell whether a row only numbers the columns from 1."""
    if len(said) < 3:
        return False
    digits = [re.sub(r"\D", "", _half(str(value)).removesuffix(".0")) for value in said]
    return [one for one in digits if one] == [str(one + 1) for one in range(len(said))]


def _is_sample(value: Value) -> bool:
    return isinstance(value, str) and bool(_SAMPLE.match(_half(value)))


def _nothing(value: Value) -> bool:
    if not isinstance(value, str):
        return value is None
    return not value or not (value[0].isalnum() or _half(value))


def _half(text: str) -> str:
    """Return a text in half width without blanks."""
    if text.isascii() and " " not in text:
        return text.strip()
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text))

"""Adapters read from JSON and checked: one clear sentence for a file that is none."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from xqhz_desktop import paths
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import OWN, is_own
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.own import OWNERS
from xqhz_desktop.errors import BadFile, UserError
from xqhz_desktop.i18n import CODES, Bilingual, Message
from xqhz_desktop.spreadsheets.adapters import Adapter, Column, Rule
from xqhz_desktop.spreadsheets.derived import FORMATS, FUNCTIONS
from xqhz_desktop.spreadsheets.submission_checks import VALID

SCHOOL = "school"
"""The first step of a path to the school itself, whatever the rows are."""

_LARGEST = 1_000_000
_ID = re.compile(r"[a-z][a-z0-9-]{1,39}")
_SHEET = re.compile(r"[^\[\]:*?/\\']{1,31}")
_RULES = ("needs", "order")


@cache
def shipped() -> tuple[Adapter, ...]:
    """Return the adapters that come with the program, in the order of their files."""
    return tuple(read(file) for file in sorted(paths.resource("adapters").glob("*.json")))


def read(file: Path) -> Adapter:
    """Return the adapter in a file; raise BadFile with what is wrong in it."""
    try:
        if file.stat().st_size > _LARGEST:
            raise _Wrong(Message("it is too large"))
        told = json.loads(file.read_text("utf-8-sig"))
        return _adapter(_Told(told, ""))
    except (OSError, UnicodeDecodeError) as error:
        why = Message("it cannot be read")
        raise _refusal(file, why) from error
    except json.JSONDecodeError as error:
        why = Message("line {n} is not JSON", n=error.lineno)
        raise _refusal(file, why) from error
    except RecursionError as error:
        raise _refusal(file, Message("it cannot be read")) from error
    except _Wrong as wrong:
        raise _refusal(file, wrong.why) from wrong


def end_of(kind: str, path: str) -> Field | None:
    """Return the field a path from a kind leads to, or None where there is no such way.

    A field of the school's own is named by its label, as ``student.own:宿舍``, and exists only
    in a workspace.
    """
    steps = path.split(".")
    if steps[0] == SCHOOL and SCHOOL not in BY_KIND[kind].FIELDS:
        kind, steps = SCHOOL, steps[1:]
    if steps == ["id"]:
        return Field(Kind.CODE, "ID", "id")
    field = None
    for place, step in enumerate(steps):
        if is_own(step) and step == steps[-1] and kind in OWNERS:
            return Field(Kind.TEXT, step.removeprefix(OWN), step)
        field = BY_KIND[kind].FIELDS.get(step)
        if field is None or (place + 1 < len(steps) and field.kind is not Kind.REF):
            return None
        kind = field.target if field.kind is Kind.REF else kind
    return field


class _Wrong(Exception):
    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


class _Told:
    """One object of the file; every part is asked for by its type, and none is left over."""

    def __init__(self, told: Any, where: str) -> None:
        if not isinstance(told, dict):
            raise _Wrong(Message("“{part}” is not an object", part=where or "{}"))
        self._told, self._where, self._asked = told, where, set[str]()

    def text(self, name: str, usual: str | None = "") -> str:
        return str(self._part(name, str, usual))

    def flag(self, name: str) -> bool:
        return bool(self._part(name, bool, False))

    def number(self, name: str) -> int:
        return int(self._part(name, int, 0))

    def texts(self, name: str) -> tuple[str, ...]:
        found = self._part(name, list, [])
        if not all(isinstance(one, str) for one in found):
            raise self._wrong(name)
        return tuple(found)

    def words(self, name: str) -> dict[str, str]:
        found = self._part(name, dict, {})
        if not all(isinstance(one, str) for one in found.values()):
            raise self._wrong(name)
        return dict(found)

    def said(self, name: str) -> Bilingual:
        """Return a text for people: one for every language, or one for each."""
        if isinstance(self._told.get(name), str):
            return Bilingual(self.text(name))
        found = self.words(name)
        if not set(found) <= set(CODES):
            raise self._wrong(name)
        english = found.get("en", "")
        return Bilingual(found.get("zh_CN", english), english)

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        inner = _Told(self._part(name, dict, {}), self._path(name))
        return {one: inner.texts(one) for one in inner.names}

    def parts(self, name: str) -> Iterator[_Told]:
        for place, one in enumerate(self._part(name, list, []), 1):
            yield _Told(one, f"{self._path(name)}[{place}]")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._told)

    def done(self) -> None:
        """Refuse a part nobody asked for: a slip of the pen would change the form silently."""
        for name in self._told:
            if name not in self._asked:
                raise _Wrong(Message("“{part}” is not known here", part=self._path(name)))

    def _part(self, name: str, kind: type, usual: Any) -> Any:
        self._asked.add(name)
        found = self._told.get(name, usual)
        if found is None:
            raise _Wrong(Message("“{part}” is missing", part=self._path(name)))
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            raise self._wrong(name)
        return found

    def _wrong(self, name: str) -> _Wrong:
        return _Wrong(Message("“{part}” has a value that does not fit", part=self._path(name)))

    def _path(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name


def _adapter(told: _Told) -> Adapter:
    kind = told.text("kind")
    if kind and kind not in BY_KIND:
        raise _Wrong(Message("there is no kind “{kind}”", kind=kind))
    adapter = Adapter(
        id=told.text("id", None),
        name=told.said("name"),
        about=told.said("about"),
        version=told.text("version"),
        sheet=told.text("sheet", "Sheet1"),
        columns=tuple(_column(one, kind) for one in told.parts("columns")),
        listed=told.flag("listed"),
        kind=kind,
        per=told.texts("per"),
        where=told.lists("where"),
        rules=tuple(_rule(one) for one in told.parts("rules")),
    )
    told.text("comment")
    told.done()
    _check(adapter)
    return adapter


def _column(told: _Told, kind: str) -> Column:
    column = Column(
        header=told.text("header", None).strip(),
        sources=_sources(told),
        function=told.text("function"),
        constant=told.text("constant"),
        among=frozenset(told.texts("among")),
        words=told.words("words"),
        format=told.text("format"),
        number=told.flag("number"),
        required=told.flag("required"),
        length=told.number("length"),
        pattern=told.text("pattern"),
        valid=told.text("valid"),
        allowed=told.texts("allowed"),
        check=told.flag("check"),
        note=told.said("note"),
    )
    told.done()
    _check_column(column, kind)
    return column


def _sources(told: _Told) -> tuple[tuple[str, ...], ...]:
    path = told.text("path")
    given = (path,) if path else told.texts("of")
    return tuple(tuple(one.split("|")) for one in given)


def _rule(told: _Told) -> Rule:
    name = told.text("rule", None)
    if name not in _RULES:
        raise _Wrong(
            Message("there is no rule “{name}”. Rules: {known}", name=name, known=[*_RULES])
        )
    rule = Rule(name, told.text("column", None), told.lists("when"), told.text("after"))
    told.done()
    return rule


def _check(adapter: Adapter) -> None:
    if not _ID.fullmatch(adapter.id) or adapter.id in BY_KIND:
        raise _Wrong(Message("“{part}” has a value that does not fit", part="id"))
    if not adapter.name:
        raise _Wrong(Message("“{part}” is missing", part="name"))
    if not _SHEET.fullmatch(adapter.sheet):
        raise _Wrong(Message("“{part}” has a value that does not fit", part="sheet"))
    headers = Counter(column.header for column in adapter.columns)
    if not headers or not all(headers):
        raise _Wrong(Message("“{part}” is missing", part="columns"))
    for header, n in headers.items():
        if n > 1:
            raise _Wrong(Message("two columns are called “{column}”", column=header))
    for rule in adapter.rules:
        for header in (rule.column, *rule.when, *filter(None, [rule.after])):
            if header not in headers:
                raise _Wrong(Message("there is no column “{column}”", column=header))
    _check_rows(adapter)


def _check_rows(adapter: Adapter) -> None:
    """Refuse rows that cannot be found: conditions and groups name fields there are."""
    for path in adapter.per:
        if not adapter.kind or end_of(adapter.kind, path) is None:
            raise _Wrong(Message("there is no field “{path}”", path=path))
    for name, values in adapter.where.items():
        field = BY_KIND[adapter.kind].FIELDS.get(name) if adapter.kind else None
        if field is None:
            raise _Wrong(Message("there is no field “{path}”", path=name))
        try:
            for value in values:
                field.parse(value)
        except UserError as error:
            raise _Wrong(error.message) from error


def _check_column(column: Column, kind: str) -> None:
    header = column.header
    for path in (path for some in column.sources for path in some):
        if not kind or end_of(kind, path) is None:
            raise _Wrong(
                Message("column “{column}”: there is no field “{path}”", column=header, path=path)
            )
    wanted = FUNCTIONS[column.function][0] if column.function in FUNCTIONS else 1
    known: Mapping[str, object] = FUNCTIONS
    for name, part in ((column.function, known), (column.valid, VALID)):
        if name and name not in part:
            raise _Wrong(
                Message(
                    "column “{column}”: there is no “{name}”. Known: {known}",
                    column=header, name=name, known=list(part),
                )
            )  # fmt: skip
    if (column.function or column.sources) and len(column.sources) != wanted:
        raise _Wrong(Message("column “{column}” needs {n} sources", column=header, n=wanted))
    if column.format not in FORMATS:
        raise _Wrong(
            Message(
                "column “{column}”: there is no “{name}”. Known: {known}",
                column=header, name=column.format, known=[one for one in FORMATS if one],
            )
        )  # fmt: skip
    try:
        re.compile(column.pattern)
    except re.error as error:
        raise _Wrong(
            Message("column “{column}”: the pattern cannot be read", column=header)
        ) from error


def _refusal(file: Path, why: Message) -> BadFile:
    return BadFile(
        Message(
            "“{file}” is no template that can be used: {why}. Ask where it comes from.",
            file=file.name, why=why,
        ),
        code="BAD_TEMPLATE",
    )  # fmt: skip

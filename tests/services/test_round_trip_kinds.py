"""Lists of every other kind of record come back unchanged, and nothing in them is lost."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.make import make
from tests.services.test_round_trip import exported, filled, stored, unlike, values
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.attendance import DAYS
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import CODES, Message
from xqhz_desktop.services.importing import commit, stage, understand
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.general import NAMES, keys_of

OTHERS = tuple(name for name in NAMES if name not in ("student", "enterprise", "placement"))
"""Kinds whose lists are read by what their fields say alone."""

SPECIAL: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("position", "hours_per_week"): st.none() | st.decimals(0, 40, places=1),
    ("position", "starts_at"): st.sampled_from(("", "08:30")),
    ("position", "ends_at"): st.sampled_from(("", "17:30")),
    **{
        ("survey", name): st.none() | st.integers(1, 5)
        for name in ("match", "guidance", "conditions", "safety", "satisfied")
    },
    **{
        ("score", name): st.none() | st.decimals(0, 100, places=1)
        for name in ("usual", "school", "enterprise", "final", "total")
    },
    ("placement_batch", "usual_share"): st.just(None),
    ("placement_batch", "school_share"): st.just(None),
    ("placement_batch", "enterprise_share"): st.just(None),
    ("placement_batch", "final_share"): st.just(None),
}
"""Values that fields take which are checked together."""


MARKS = st.sampled_from(("", "√", "8", "√8+2", "夜8", "假", "病", "×", "△", "休"))


class School:
    """People, companies and papers that records of other kinds point to; each has a namesake."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.records: dict[str, list[Record]] = {}

    def some(self, kind: str, n: int) -> Record:
        """Return the n-th record of a kind, made now with what it needs."""
        made = self.records.setdefault(kind, [])
        while len(made) <= n:
            made.append(self._make(kind, len(made)))
        return made[n]

    def _make(self, kind: str, n: int) -> Record:
        entity = BY_KIND[kind]
        told: dict[str, Any] = {}
        for name, field in entity.FIELDS.items():
            if field.kind is Kind.REF and field.required:
                told[name] = self.some(field.target, n).id
            elif field.kind is Kind.DAY and field.required:
                told[name] = date(2026, 3, 1) + timedelta(7 * n)
            elif name in {key[0] for key in entity.KEYS} and field.kind is Kind.CODE:
                told[name] = "" if name in ("id_no", "uscc") else f"{kind.upper()}{n}"
        people = {"student": "张三", "position": "操作工", "mentor": "李师傅"}
        if entity.TITLE not in told and entity.FIELDS[entity.TITLE].kind is Kind.TEXT:
            told[entity.TITLE] = people.get(kind, f"{n}号{entity.LABEL}")
        return make(entity, **told)

    @property
    def all(self) -> list[Record]:
        """Return every record made."""
        return [one for some in self.records.values() for one in some]


def drawn(draw: Any, kind: str, school: School) -> list[Record]:
    """Return records of a kind filled in every way, whose keys are their own."""
    entity, found = BY_KIND[kind], []
    keys = {name for key in keys_of(entity) for name in key}
    for n in range(3):
        fixed: dict[str, Any] = {}
        for name, field in entity.FIELDS.items():
            if field.kind is Kind.REF and field.target != kind:
                here = name in keys or field.required or draw(st.booleans())
                fixed[name] = school.some(field.target, n).id if here else ""
            elif name in keys and field.kind in (Kind.TEXT, Kind.CODE):
                fixed[name] = f"{n}{draw(values(field)) if field.kind is Kind.TEXT else n}"
            elif name in keys and field.kind is Kind.DAY:
                fixed[name] = date(2026, 3, 1) + timedelta(n)
            elif name in ("month",):
                fixed[name] = f"2026-0{n + 3}"
            elif field.kind is Kind.CODE:  # marks alone, such as — or /, say that there is none
                told = values(field).map(lambda one: one and f"{one}1")
                fixed[name] = draw(MARKS if name in DAYS else told)
            elif field.required and field.kind in (Kind.TEXT, Kind.NOTE):
                fixed[name] = f"甲{draw(values(field))}"[: field.limit]
            elif field.required and field.kind is Kind.DAY:
                fixed[name] = date(2026, 12, 31)
            elif field.required and field.kind is not Kind.REF:
                fixed[name] = getattr(make(entity), name)
        fixed |= {name: draw(one) for (of, name), one in SPECIAL.items() if of == kind}
        found.append(draw(filled(entity, **fixed).filter(lambda one: not one.problems())))
    return found


def empty(value: Any) -> bool:
    """Tell whether a field says nothing."""
    return value in (None, "", False) or getattr(value, "name", "") in ("UNKNOWN", "NONE", "OPEN")


@pytest.mark.parametrize("kind", OTHERS)
@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.filter_too_much,
        HealthCheck.too_slow,
    ],
)
@given(data=st.data())
def test_a_list_of_any_kind_comes_back_unchanged_and_whole(
    work: Work, tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    school = School()
    some = drawn(data.draw, kind, school)
    stored(work, [*school.all, *some])
    for code in CODES:
        file = exported(work, tmp_path, kind, code)
        assert unlike(work, kind, file) == []
    with work.store.change(Message("Import"), work.actor) as change:
        for one in some:
            change.remove(kind, one.id)
    staged = stage(work, understand(file, kind))
    assert [one.errors for one in staged.rows if one.errors] == []
    assert commit(work, staged)
    before = Counter(name for one in some for name in filled_in(one))
    with work.store.read() as reader:
        after = Counter(name for one in reader.all(kind) for name in filled_in(one))
    assert before - after == Counter()


def filled_in(record: Record) -> list[str]:
    """Return the fields a list can say; two national codes may have one name."""
    return [
        name
        for name, field in record.FIELDS.items()
        if field.kind is not Kind.TABLE and not empty(getattr(record, name))
    ]

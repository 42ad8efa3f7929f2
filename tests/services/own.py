"""Own fields for tests: one of every sort for students, and one for enterprises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.own import OwnField, OwnType
from xqhz_desktop.domain.records import Record
from xqhz_desktop.services import own_fields, records
from xqhz_desktop.services.own_fields import CodeList
from xqhz_desktop.services.workspace import Work

SIZES = ("大号", "中号", "小号")


@dataclass(frozen=True)
class OwnSchool:
    """A workspace whose school has added fields; they are called by their labels."""

    work: Work

    def fields(self, kind: str = "student", *, retired: bool = False) -> dict[str, Field]:
        """Return the own fields of a kind by label."""
        with self.work.store.read() as reader:
            known = reader.fields(kind, retired=retired).values()
        return {str(one.label): one for one in known if one.own}

    def definition(self, label: str) -> OwnField:
        """Return the definition of a field."""
        return next(one for one in own_fields.definitions(self.work).fields if one.name == label)

    def sizes(self) -> CodeList:
        """Return the code list."""
        return own_fields.lists(self.work)[0]

    def filled(self, record: Record, **texts: str) -> Record:
        """Return a record with own values, typed as people type them."""
        known = self.fields(record.KIND)
        some = {known[label].name: known[label].parse(text) for label, text in texts.items()}
        return record.but(**some)

    def saved(self, record: Record, **texts: str) -> Record:
        """Save a record with own values and return it."""
        made = self.filled(record, **texts)
        records.save(self.work, made)
        return made

    def said(self, record: Record, label: str) -> Any:
        """Return the value of an own field as it is stored now."""
        with self.work.store.read() as reader:
            stored = reader.get(record.KIND, record.id)
        assert stored is not None
        return stored.value(self.fields(record.KIND, retired=True)[label])


def own_school(work: Work) -> OwnSchool:
    """Add the fields to a workspace."""
    sorts: tuple[tuple[str, str, OwnType, dict[str, Any]], ...] = (
        ("工服尺码", "Workwear size", OwnType.CHOICE, {"search": True}),
        ("是否住校", "Boarding", OwnType.FLAG, {}),
        ("押金", "Deposit", OwnType.MONEY, {}),
        ("宿舍号", "Room", OwnType.TEXT, {"search": True, "private": True}),
        ("床位", "Bed", OwnType.NUMBER, {}),
        ("入住日期", "Moved in on", OwnType.DAY, {}),
        ("缴费月份", "Paid until", OwnType.MONTH, {}),
        ("过敏史", "Allergies", OwnType.NOTE, {}),
    )
    for name, english, sort, traits in sorts:
        field = OwnField(of_kind="student", name=name, name_en=english, type=sort, **traits)
        own_fields.save(work, field, SIZES if sort is OwnType.CHOICE else ())
    leader = OwnField(of_kind="enterprise", name="对接领导", search=True)
    own_fields.save(work, leader)
    return OwnSchool(work)


ALL = {
    "工服尺码": "中号",
    "是否住校": "是",
    "押金": "200.50",
    "宿舍号": "3号楼 402",
    "床位": "4",
    "入住日期": "2025-09-01",
    "缴费月份": "2026-03",
    "过敏史": "青霉素\n花粉",
}
"""A value of every sort, as people type it."""

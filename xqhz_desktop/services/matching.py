"""From the values of a row to a record: what is known already, what has to be made beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import is_own
from xqhz_desktop.domain.enterprise import Enterprise, Mentor
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.domain.placement import Placement, PlacementBatch
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import former, keyed
from xqhz_desktop.services.known import Known, Unclear, Values, company_key
from xqhz_desktop.services.nearness import Near
from xqhz_desktop.spreadsheets.kinds import ImportKind, Sort


class StudentMatcher:
    """Students of a roster: by student number, else by ID number; classes are made as needed."""

    def __init__(self, known: Known, rows: Iterable[Values]) -> None:
        """Look up everything the rows name."""
        self._known = known
        listed = list(rows)
        known.load("student", "student_no", (row.get("student_no") or "" for row in listed))
        known.load("student", "id_no", (row.get("id_no") or "" for row in listed))
        known.load("school_class", "name", (row.get("class_name") or "" for row in listed))

    def old(self, values: Values) -> Record | None:
        """Return the student the workspace knows already, by numbers merged away too."""
        for field in keyed.columns(self._known, "student", values):
            value = values.get(field) or ""
            if one := self._known.find("student", field, value):
                return one
            if one := self._known.formerly("student", field, value):
                return one
        return None

    def fields(self, values: Values) -> dict[str, Any]:
        """Return field values of a row, the class as a reference; old numbers are not written."""
        found = _own(Student, values)
        old = self.old(values)
        keyed.refuse_taken(self._known, "student", values, old)
        for field in former.FIELDS["student"]:
            value = values.get(field) or ""
            one = self._known.formerly("student", field, value)
            if one and old and one.id == old.id and getattr(old, field):
                found.pop(field, None)
        if values.get("class_name"):
            found["school_class"] = self._class(values).id
        return found

    def _class(self, values: Values) -> Record:
        name = str(values["class_name"])
        traits: dict[str, Any] = {"enrol_year": _enrol_year(name, values)}
        if values.get("major_name"):
            traits["major"] = self._known.named("major", str(values["major_name"])).id
        return self._known.named("school_class", name, **traits)


class EnterpriseMatcher:
    """Enterprises: by credit code, else by name or a former name."""

    def __init__(self, known: Known, rows: Iterable[Values]) -> None:
        """Look up everything the rows name."""
        self._by_code: dict[str, Record] = {}
        self._by_name: dict[str, Record] = {}
        self._known = known
        del rows
        self.all = [one for one in known.load_all("enterprise") if isinstance(one, Enterprise)]
        for one in self.all:
            if one.uscc:
                self._by_code.setdefault(one.uscc, one)
            for name in (one.name, *one.former_names.splitlines()):
                self._by_name.setdefault(company_key(name), one)

    def old(self, values: Values) -> Record | None:
        """Return the enterprise the workspace knows already."""
        code = values.get("uscc") or ""
        named = self._by_name.get(company_key(values.get("name") or ""))
        by = keyed.columns(self._known, "enterprise", values)
        if code and "uscc" in by:
            known = self._by_code.get(code) or self._known.formerly("enterprise", "uscc", code)
            if known or "name" not in by:
                return known
        if by == ["name"]:
            return named
        other = named is not None and code and getattr(named, "uscc", "")
        return None if other else named  # another code under the same name is another enterprise

    def fields(self, values: Values) -> dict[str, Any]:
        """Return field values of a row; a former name or code of a known one is not written."""
        found = _own(Enterprise, values)
        old = self.old(values)
        keyed.refuse_taken(self._known, "enterprise", values, old)
        if not isinstance(old, Enterprise):
            return found
        told = company_key(values.get("name") or "")
        if told in {company_key(one) for one in old.former_names.splitlines()}:
            found.pop("name", None)
        code = found.get("uscc")
        if code != old.uscc and self._known.formerly("enterprise", "uscc", code or "") is old:
            found.pop("uscc", None)
        return found


class PlacementMatcher:
    """Placements: student + enterprise + start; what a row names and nobody knows is made."""

    def __init__(self, known: Known, rows: Iterable[Values]) -> None:
        """Look up everything the rows name."""
        self._known = known
        listed = list(rows)
        self._students = StudentMatcher(known, listed)
        self._enterprises = EnterpriseMatcher(known, ())
        self._near = Near(self._enterprises.all if known.choice.ask else ())
        known.load("student", "name", (row.get("name") or "" for row in listed))
        known.load("staff", "name", (row.get("teacher") or "" for row in listed))
        self._same: dict[str, int] = {}
        for row in listed:
            if not row.get("student_no") and not row.get("id_no") and row.get("name"):
                self._same[row["name"]] = known.reader.count("student", name=row["name"])

    def old(self, values: Values) -> Record | None:
        """Return the placement of this student at this enterprise from this day."""
        student, enterprise = self._student(values), self._enterprise(values)
        found = self._known.reader.all(
            "placement",
            student=student.id,
            enterprise=enterprise.id,
            start_date=values.get("start_date"),
        )
        return next(found, None)

    def fields(self, values: Values) -> dict[str, Any]:
        """Return field values of a row, everything named as a reference."""
        enterprise = self._enterprise(values)
        found = _own(Placement, values, but=("position", "mentor", "batch"))
        found |= {"student": self._student(values).id, "enterprise": enterprise.id}
        if values.get("position"):
            found["position"] = self._beside(Position, enterprise, values["position"]).id
        if values.get("mentor"):
            phone = values.get("mentor_phone") or ""
            found["mentor"] = self._beside(Mentor, enterprise, values["mentor"], phone=phone).id
        if values.get("teacher"):
            traits = {"phone": values.get("teacher_phone") or ""}
            found["tutor"] = self._known.named("staff", values["teacher"], **traits).id
        if values.get("batch"):
            found["batch"] = self._batch(values["batch"]).id
        return found

    def _student(self, values: Values) -> Record:
        known = self._students.old(values)
        name = str(values.get("name") or "")
        if known:
            return known
        if values.get("student_no") or values.get("id_no"):
            return self._new_student(values)
        if self._same.get(name, 0) > 1:
            raise Unclear(
                "name",
                Message(
                    "There are several students called {name}. Add the student number.", name=name
                ),
            )
        found = self._known.find("student", "name", name)
        if found is None:
            raise Unclear(
                "name",
                Message("The roster has no student {name}. Add the student number.", name=name),
            )
        return found

    def _new_student(self, values: Values) -> Record:
        key = str(values.get("student_no") or values.get("id_no"))
        name = values.get("name")
        if not name:
            raise Unclear(
                "student_no",
                Message("The roster has no student {number}. Add the name.", number=key),
            )
        return self._known.remember(key, Student(**self._students.fields(values)))

    def _enterprise(self, values: Values) -> Record:
        name, code = str(values.get("enterprise_name") or ""), str(values.get("uscc") or "")
        found = self._enterprises.old({"name": name, "uscc": code})
        if found:
            return found
        if not name:
            raise Unclear(
                "enterprise_name",
                Message("There is no enterprise with the code {code}. Add its name.", code=code),
            )
        answer = self._known.choice.enterprises.get(name)
        if answer and (chosen := self._known.find("enterprise", "id", answer)):
            return chosen
        if answer is None and (near := self._near.to(name, code)):
            raise Unclear(
                "enterprise_name",
                Message(
                    "No enterprise is called so. The nearest is {name}, {n} % alike.",
                    name=near[0].name,
                    n=near[0].score,
                ),
                near,
            )
        return self._known.remember(company_key(name), Enterprise(name=name, uscc=code))

    def _beside(self, entity: type[Record], enterprise: Record, name: str, **traits: Any) -> Record:
        """Return a position or mentor of an enterprise, made now where there is none."""
        key = f"{enterprise.id} {name}"
        if (entity.KIND, key) not in self._known.made:
            reader = self._known.reader
            found = next(reader.all(entity.KIND, enterprise=enterprise.id, name=name), None)
            if found:
                return found
        return self._known.remember(key, entity(enterprise=enterprise.id, name=name, **traits))

    def _batch(self, name: str) -> Record:
        found = self._known.find("placement_batch", "name", name)
        if not isinstance(found, PlacementBatch):
            raise Unclear("batch", Message("There is no batch “{name}”. Make it first.", name=name))
        return found


MATCHERS = {
    "student": StudentMatcher,
    "enterprise": EnterpriseMatcher,
    "placement": PlacementMatcher,
}
"""How each kind of import finds its records."""


def cleared(kind: ImportKind, values: Values, doubtful: Collection[str]) -> dict[str, Any]:
    """Return empty values for the blank cells of a row; keys and choices are never emptied.

    A cell in which something was found (`doubtful`) is not blank.
    """
    entity = BY_KIND[kind.name]
    named = {one.name: one.tells for one in kind.columns}
    keys = {name for group in kind.keys for name in group}
    blank = {
        named.get(name, name)
        for name, value in values.items()
        if value in (None, "") and name not in doubtful and not {name, named.get(name)} & keys
    }
    marks = {one.name for one in kind.columns if one.sort is Sort.FLAG}
    return {name: None for name in kind.own if name in blank - marks} | {
        name: field.empty
        for name, field in entity.FIELDS.items()
        if name in blank and not field.required and field.kind not in (Kind.CHOICE, Kind.FLAG)
    }


def own_values(values: Values) -> dict[str, Any]:
    """Return the values of the school's own fields; an empty cell leaves a field as it is."""
    return {name: value for name, value in values.items() if is_own(name) and value is not None}


def _own(entity: type[Record], values: Values, *, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the values that are fields of the record; an empty cell leaves a field as it is."""
    return {
        name: value
        for name, value in values.items()
        if name in entity.FIELDS and name not in but and value not in (None, "")
    }


def _enrol_year(name: str, values: Values) -> int | None:
    """Return the cohort: of the enrolment day, else of a class name such as 24机电1班 or 2024级."""
    enrolled = values.get("enrol_date")
    if enrolled:
        return int(enrolled.year)
    found = re.match(r"(20\d{2}|\d{2})(?=\D)", name)
    if not found:
        return None
    year = int(found[1])
    return year if year > 99 else 2000 + year

"""Findings on paper: a sheet to send on, and a frozen one that proves what stood on a day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.ruling import ComplianceSheet
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services import checking_stored as stored
from xqhz_desktop.services import records
from xqhz_desktop.services.checking_answers import actor
from xqhz_desktop.services.checking_views import SEVERITIES, Overview, sentence
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets import write as sheets

_TITLES = (
    N_("Severity"), N_("Rule"), N_("Student"), N_("Student number"), N_("Class"),
    N_("Enterprise"), N_("Position"), N_("What was found"), N_("Legal basis"),
    N_("Rule pack"), N_("Since"), N_("Reason"),
)  # fmt: skip


def write(found: Overview, file: Path, lang: Language) -> int:
    """Write every finding into a sheet; return how many there are."""
    columns = [sheets.OutColumn(lang.say(one), Field(Kind.TEXT, one)) for one in _TITLES]
    title = lang.say(N_("Compliance check"))
    return sheets.write_table(file, columns, _rows(found, lang), lang, title)


def _rows(found: Overview, lang: Language) -> Iterator[list[Any]]:
    for rule in found.rules:
        for row in rule.rows:
            one = row.person
            yield [
                lang.say(SEVERITIES[rule.severity]), rule.entry.id, one.student, one.number,
                one.room, one.enterprise, one.position, sentence(row, rule.entry, lang),
                rule.entry.basis(lang.code), row.finding.pack, row.since,
                row.answer.reason if row.answer else "",
            ]  # fmt: skip


def frozen(found: Overview) -> str:
    """Return what stands as JSON that is always the same for the same findings."""
    told = [
        [row.person.id, rule.entry.id, rule.severity, row.finding.state.name,
         json.loads(stored.verdict("", row.finding).body)]
        for rule in found.rules
        for row in rule.rows
    ]  # fmt: skip
    return json.dumps(sorted(told, key=lambda one: one[:2]), ensure_ascii=False, sort_keys=True)


def newest(work: Work, batch: str) -> ComplianceSheet | None:
    """Return the newest frozen sheet of a batch, or of all."""
    with work.store.read() as reader:
        found = [
            one
            for one in reader.all("compliance_sheet", batch=batch)
            if isinstance(one, ComplianceSheet)
        ]
    return max(found, key=lambda one: (one.taken_on or date.min, one.id), default=None)


def freeze(work: Work, found: Overview, batch: str, name: str) -> ComplianceSheet:
    """Keep what stands now as a sheet with its SHA-256, and return it."""
    body = frozen(found)
    made = ComplianceSheet(
        name=name,
        batch=batch,
        taken_on=date.today(),
        placements=found.mark.placements if found.mark else 0,
        findings=sum(len(one.rows) for one in found.rules),
        packs="; ".join(found.mark.packs.split(";")) if found.mark else "",
        digest=sha256(body.encode()).hexdigest(),
        body=body,
        by=actor(work),
    )
    records.save_all(work, [made], Message("Compliance sheet taken: {name}", name=name))
    return made


@dataclass(frozen=True)
class Changed:
    """What is otherwise than on a sheet: (placement, rule) pairs."""

    came: tuple[tuple[str, str], ...]
    settled: tuple[tuple[str, str], ...]
    other: tuple[tuple[str, str], ...]
    """Still there, with other facts."""


def compare(sheet: ComplianceSheet, found: Overview) -> Changed:
    """Return what changed since a sheet; raise UserError where it was tampered with."""
    if sha256(sheet.body.encode()).hexdigest() != sheet.digest:
        raise UserError(
            Message("The sheet is not what was frozen: its SHA-256 does not match."),
            code="TAMPERED",
        )
    then, now = _by_key(sheet.body), _by_key(frozen(found))
    return Changed(
        tuple(sorted(now.keys() - then.keys())),
        tuple(sorted(then.keys() - now.keys())),
        tuple(sorted(key for key in now.keys() & then.keys() if now[key] != then[key])),
    )


def _by_key(body: str) -> dict[tuple[str, str], Any]:
    return {(one[0], one[1]): one[2:] for one in json.loads(body)}

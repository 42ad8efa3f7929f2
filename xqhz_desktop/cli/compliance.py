"""Commands about rules: what they find, and which are in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.compliance.judging import Finding, State
from xqhz_desktop.compliance.registry import BY_ID
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import checking, naming, rule_packs
from xqhz_desktop.services.checking import Found
from xqhz_desktop.services.checking_views import SEVERITIES
from xqhz_desktop.storage.store import Reader

_LINKS = {
    "student": "student",
    "enterprise": "enterprise",
    "position": "position",
    "placement_batch": "batch",
}
"""The records of a placement that findings can be asked about, and the placement's field."""


def _check(session: Session) -> int:
    options = session.options
    kind = naming.kind(options.kind).KIND if options.kind else Placement.KIND
    on = _day(options.on)
    with session.work() as work, work.store.read() as reader:
        found = checking.judged(reader, checking.placements(reader), on)
        told = list(_told(session, reader, found, kind))
        names = reader.names(kind, {one["id"] for one in told})
    open_ones = [one for one in told if one["state"] != State.FILED.name.lower()]
    session.data({"on": on.isoformat(), "findings": told})
    for one in told:
        severity = session.language.say(SEVERITIES[one["severity"]])
        name = names.get(one["id"], "")
        session.line(f"{one['rule']}  {severity}  {name}  {one['message']}  {one['id']}")
    session.say(Message(NN_("{n} finding", "{n} findings"), n=len(told)))
    return OPEN_FINDINGS if any(one["severity"] != "W" for one in open_ones) else DONE


def _told(
    session: Session, reader: Reader, found: Iterator[Found], kind: str
) -> Iterator[dict[str, Any]]:
    """Yield findings as the contract has them; of another kind, each record is told once."""
    lang, seen = session.language, set()
    links: dict[str, str] = {}
    if kind in _LINKS:
        rows = reader.cursor.execute(f'SELECT id, "{_LINKS[kind]}" FROM placement').fetchall()
        links = {id: target for id, target in rows if target}
    for one in found:
        for finding in one.findings:
            id = one.placement if kind == Placement.KIND else links.get(one.placement, "")
            if not id or (kind != Placement.KIND and BY_ID[finding.rule].mends != kind):
                continue
            message = one.said(finding, lang)
            if (finding.rule, id, message) in seen:
                continue
            seen.add((finding.rule, id, message))
            yield {**_json(finding), "kind": kind, "id": id, "message": message,
                   "basis": one.entry(finding).basis(lang.code)}  # fmt: skip


def _json(one: Finding) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": one.severity,
        "state": one.state.name.lower(),
        "pack": one.pack,
        "filing": one.filing or None,
        "missing": list(one.missing),
    }


def _rules(session: Session) -> int:
    on = _day(session.options.on)
    with session.work() as work, work.store.read() as reader:
        entries, packs = rule_packs.in_force(reader, on)
        troubles = rule_packs.of(reader).troubles
    lang = session.language
    session.data(
        {
            "on": on.isoformat(),
            "packs": [one.called for one in packs],
            "rules": [
                {
                    "id": one.id,
                    "severity": one.severity,
                    "basis": one.basis(lang.code),
                    "pack": one.pack,
                    "verified": one.verified,
                    "text_zh": one.said("name", "zh_CN"),
                    "text_en": one.said("name", "en"),
                    "numbers": dict(one.terms.numbers),
                }
                for one in entries
            ],
        }
    )
    for one in entries:
        severity = lang.say(SEVERITIES[one.severity])
        checked = "" if one.verified else lang.say(N_("to be checked against the original"))
        session.line(f"{one.id}  {severity}  {one.said('name', lang.code)}")
        session.line(f"     {one.basis(lang.code)}  {one.pack}  {checked}".rstrip())
    for name, why in troubles:
        session.say(Message("{pack} is not used: {why}", pack=name, why=why))
    session.say(Message(NN_("{n} rule in force", "{n} rules in force"), n=len(entries)))
    return DONE


def _adopt(session: Session) -> int:
    draft, changes = rule_packs.tried(Path(session.options.file))
    with session.work() as work:
        step = rule_packs.adopt(work, draft, date.today())
    session.data({"id": draft.id, "name": draft.name, "version": draft.version, "step": step})
    for one in changes:
        session.line(f"{one.rule}  {one.what}: {one.before} → {one.after}")
    session.say(Message("Rule pack in use: {name} {version}", name=draft.name,
                        version=draft.version))  # fmt: skip
    return DONE


def _day(text: str) -> date:
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        problem = Message("“{text}” is not a day, such as 2026-03-05.", text=text)
        raise WrongUsage(problem, "xqhz check") from error


_ON = Argument("--on", default="", metavar="DATE", help=N_("judge as of this day, not today"))
COMMANDS = (
    Command(
        "check",
        N_("check placements against the rules"),
        (
            Argument(
                "kind",
                nargs="?",
                default="",
                metavar="KIND",
                help=N_("only what is put right at records of this kind"),
            ),
            _ON,
            JSON,
        ),
        _check,
    ),
    Command("rules", N_("list the rules in force"), (_ON, JSON), _rules),
    Command(
        "adopt-pack",
        N_("try a rule pack by its own examples and use it"),
        (Argument("file", metavar="FILE"), JSON),
        _adopt,
    ),
)
"""Checking, and the rules it rests on."""

"""Forms of authorities on the command line: which there are, filling them in, checking first."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from xqhz_desktop.cli.command import JSON, WHERE, Argument, Command
from xqhz_desktop.cli.people import conditions
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import adapters, adapting
from xqhz_desktop.services.adapting import Finding, Scope, Submission
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.adapters import Adapter
from xqhz_desktop.spreadsheets.submission import origin

_SHOWN = 8
"""Row numbers that are listed; the rest is in the JSON."""


def submit(session: Session) -> int:
    """Fill in the form that stands where a kind does; say what would be refused."""
    options = session.options
    adapter = _named(session)
    if options.columns or options.layout or options.totals or options.purpose == "public":
        text = Message("A template has its own columns, and nothing in it is covered.")
        raise WrongUsage(text, "xqhz export")
    if not options.file and not options.check:
        raise WrongUsage(Message("{names} is missing.", names="FILE.xlsx"), "xqhz export")
    with session.work() as work:
        found = adapting.fill(work, adapter, _scope(session, work, adapter), session.progress)
        rows = None if options.check else _write(session, work, found)
    session.data(_as_json(session, found))
    _tell(session, found, rows)
    return DONE if found.ready else OPEN_FINDINGS


def _named(session: Session) -> Adapter:
    name = session.options.kind
    try:
        return adapters.known(session.folder).find(name)
    except NotFound as error:
        raise NotFound(
            Message(
                "There is no kind and no template “{name}”. See “xqhz kinds” and “xqhz exports”.",
                name=name,
            ),
            code="NO_KIND",
        ) from error


def _scope(session: Session, work: Work, adapter: Adapter) -> Scope:
    options = session.options
    if not adapter.kind:
        return Scope()
    with work.store.read() as reader:
        where = conditions(reader, BY_KIND[adapter.kind], options.where)
    return Scope(where, day(options.on) if options.on else None)


def day(text: str) -> date:
    """Return the day an option names; raise WrongUsage for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        wrong = Message("“{text}” is not a day, such as 2026-03-05.", text=text)
        raise WrongUsage(wrong, "xqhz export") from error


def _write(session: Session, work: Work, found: Submission) -> int:
    chosen = adapting.without_refused(found) if session.options.good else found
    return adapting.write(work, chosen, Path(session.options.file), session.language)


def _as_json(session: Session, found: Submission) -> dict[str, Any]:
    say = session.language.say
    lines: list[dict[str, Any]] = []
    for finding in found.findings:
        told: dict[str, Any] = {
            "column": finding.column,
            "severity": "refuse" if finding.refuse else "warn",
            "message": say(finding.message),
        }
        if finding.advice:
            lines.append({"row": None, "person": None, **told, "advice": say(finding.advice)})
        for hit in finding.hits:
            advice = say(hit.advice) if hit.advice else None
            who: dict[str, Any] = {
                "row": hit.row,
                "person": hit.person,
                "kind": hit.kind,
                "id": hit.id,
            }
            lines.append({**who, **told, "advice": advice})
    return {
        "template": found.adapter.id,
        "file": None if session.options.check else session.options.file,
        "rows": len(found.lines),
        "refused": found.refused,
        "findings": lines,
    }


def _tell(session: Session, found: Submission, rows: int | None) -> None:
    """Say what is wrong column by column, then what was done."""
    for finding in found.findings:
        session.say(_line(finding))
    session.say(found.adapter.state)
    if rows is None:
        text = NN_("{n} row, {refused} would be refused.", "{n} rows, {refused} would be refused.")
        session.say(Message(text, n=len(found.lines), refused=found.refused))
        session.say(Message("Only checked: nothing was written."))
        return
    text = NN_("{n} row written to {file}.", "{n} rows written to {file}.")
    session.say(Message(text, n=rows, file=session.options.file))


def _line(finding: Finding) -> Message:
    severity = Message("would be refused") if finding.refuse else Message("worth a look")
    if not finding.hits:
        return Message(
            "{column}: {message} ({severity})",
            column=finding.column, message=finding.message, severity=severity,
        )  # fmt: skip
    rows = [str(hit.row) for hit in finding.hits[:_SHOWN]]
    more = ["…"] if len(finding.hits) > _SHOWN else []
    text = NN_(
        "{column}: {message} ({severity}, {n} row: {rows})",
        "{column}: {message} ({severity}, {n} rows: {rows})",
    )
    return Message(
        text,
        column=finding.column, message=finding.message, severity=severity,
        n=len(finding.hits), rows=[*rows, *more],
    )  # fmt: skip


def _exports(session: Session) -> int:
    options, say = session.options, session.language.say
    if options.add:
        with session.work() as work:
            added = adapters.add(work, Path(options.add))
        session.say(Message("Template added: {name}", name=Message(added.name)))
    found = adapters.known(session.folder)
    session.data(
        {
            "exports": [_described(session, one) for one in found.adapters],
            "troubles": [say(trouble) for trouble in found.troubles],
        }
    )
    for one in found.adapters:
        session.line(f"{one.id:24} {say(one.name)}")
        session.line(f"{'':24} {say(one.state)}; {say(one.proof)}")
    for trouble in found.troubles:
        session.say(trouble)
    return OPEN_FINDINGS if found.troubles else DONE


def _described(session: Session, one: Adapter) -> dict[str, Any]:
    say = session.language.say
    return {
        "name": one.id,
        "title": say(one.name),
        "kind": one.kind or None,
        "version": one.version,
        "source": say(one.about),
        "listed": one.listed,
        "own": one.own,
        "state": say(one.state),
        "columns": [
            {
                "header": column.header,
                "required": column.required,
                "filled": not column.later,
                "checked": one.listed and not column.check,
                "from": origin(one, column, session.language),
                "note": say(column.note) or None,
            }
            for column in one.columns
        ],
    }


OPTIONS = (
    Argument("--check", action="store_true", help=N_("template: only say what would be refused")),
    Argument("--good", action="store_true", help=N_("template: only rows that would be taken")),
    WHERE,
    Argument(
        "--on",
        default="",
        metavar="DATE",
        help=N_("values of that day; template: what is in force on it"),
    ),
    JSON,
)
"""Options of `export` for a form."""

COMMANDS = (
    Command(
        "exports",
        N_("list the templates of authorities that can be filled in"),
        (
            Argument("--add", default="", metavar="FILE", help=N_("add one from a file")),
            JSON,
        ),
        _exports,
    ),
)

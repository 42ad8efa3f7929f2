"""Commands for the journal: history, undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xqhz_desktop.cli.command import JSON, Argument, Command, count
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import history, naming, taking_back
from xqhz_desktop.services.taking_back import State

_RECORDS = 1000
"""Changes of more records than this are counted, not listed."""


def _history(session: Session) -> int:
    options = session.options
    with session.work() as work:
        steps = history.steps(work, options.limit or -1, options.record)
        changes = {
            step.number: history.changes(work, step.number, _RECORDS, options.record)
            for step in steps
            if options.json
        }
    session.data(
        {"steps": [_as_json(session, step, changes.get(step.number, ())) for step in steps]}
    )
    say = session.language.say
    for step in steps:
        mark = say(N_("(undone)")) if step.undone else ""
        when = session.language.value(step.at)
        session.line(f"{step.number:6}  {when}  {step.actor}  {say(step.title)} {mark}".rstrip())
    return DONE


def _as_json(
    session: Session, step: history.Step, changes: Sequence[history.FieldChange]
) -> dict[str, Any]:
    return {
        "step": step.number,
        "at": step.at.isoformat(timespec="seconds"),
        "actor": step.actor,
        "title": session.language.say(step.title),
        "reason": step.reason or None,
        "kinds": list(step.kinds),
        "records": step.records,
        "undone": step.undone,
        "undoes": step.undoes,
        "changes": [
            {
                "kind": one.kind,
                "id": one.id,
                "field": one.field,
                "label": session.language.say(one.described.label),
                "before": naming.plain_of(one.described, one.before),
                "after": naming.plain_of(one.described, one.after),
            }
            for one in changes
        ],
    }


def _undo(session: Session) -> int:
    options = session.options
    if options.rows or options.free or options.record:
        if not options.step or bool(options.free) + bool(options.record) > 1:
            text = Message("Name a step, and what of it: --rows, --record ID or --free.")
            raise WrongUsage(text, "xqhz undo")
        return _by_rows(session)
    with session.work() as work:
        step = history.undo(work, session.options.step)
    session.data({"step": step.number, "rows": []})
    session.say(Message("{title} (step {number})", title=step.title, number=step.number))
    return DONE


def _by_rows(session: Session) -> int:
    """Take back some records of a step, or say which can be."""
    options, say = session.options, session.language.say
    with session.work() as work:
        rows = taking_back.takeable(work, options.step)
        free = [row.id for row in rows if row.state is State.FREE]
        chosen = options.record or (free if options.free else [])
        step = taking_back.take_back(work, options.step, chosen) if chosen else 0
    session.data({"step": step or None, "rows": [_row_json(session, row) for row in rows]})
    if step:
        text = NN_("{n} row taken back (step {step}).", "{n} rows taken back (step {step}).")
        session.say(Message(text, n=len(set(chosen)), step=str(step)))
    left = [row for row in rows if row.id not in chosen]
    for row in left if not options.record else ():
        why = f": {say(row.why)}" if row.why else ""
        session.line(f"{row.id}  {say(row.state)}  {row.name}{why}")
    return OPEN_FINDINGS if options.free and left else DONE


def _row_json(session: Session, row: taking_back.Row) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "id": row.id,
        "name": row.name,
        "made": row.made,
        "state": row.state.name.lower(),
        "why": session.language.say(row.why) if row.why else None,
    }


COMMANDS = (
    Command(
        "history",
        N_("what happened, by whom and when"),
        (
            Argument(
                "--record", default="", metavar="ID", help=N_("only what touched this record")
            ),
            Argument(
                "--limit", type=count, default=20, metavar="N", help=N_("at most so many steps")
            ),
            JSON,
        ),
        _history,
    ),
    Command(
        "undo",
        N_("take back the newest step, or one by its number"),
        (
            Argument(
                "step",
                metavar="STEP",
                nargs="?",
                type=count,
                help=N_("number of the step, as “xqhz history” says it"),
            ),
            Argument(
                "--rows", action="store_true", help=N_("only say which rows can be taken back")
            ),
            Argument(
                "--record",
                action="append",
                default=[],
                metavar="ID",
                help=N_("take back only this record; may be given several times"),
            ),
            Argument("--free", action="store_true", help=N_("take back all rows not edited since")),
            JSON,
        ),
        _undo,
    ),
)

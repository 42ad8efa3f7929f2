"""Commands for the life of placements: move, transfer, whereabouts, preflight, copy-batch."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from xqhz_desktop.cli.command import JSON, WHERE, Argument, Command
from xqhz_desktop.cli.people import conditions
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, REFUSED, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.placement import Placement, PlacementBatch
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports.kit import Edition, Output, put
from xqhz_desktop.services import (
    batches,
    careers,
    moving,
    naming,
    preflight,
    preflight_paper,
    transferring,
)
from xqhz_desktop.services.moving import Line, Wish
from xqhz_desktop.services.preflight import Matrix, Row
from xqhz_desktop.services.transferring import Transfer
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.storage.store import Reader


def _move(session: Session) -> int:
    options = session.options
    today = date.today()
    with session.work() as work:
        with work.store.read() as reader:
            to = naming.value(reader, Placement.FIELDS["status"], options.status)
            ids = _chosen(reader, options.placements, options.where)
        wish = Wish(to, _day(options.on), options.reason)
        if options.dry_run:
            plan = moving.preview(work, ids, wish, today)
            step, moved, refused = 0, len(plan.moving), plan.refused
        else:
            done = moving.move(work, ids, wish, today)
            step, moved, refused = done.step, done.moved, list(done.refused)
    session.data(
        {"step": step, "moved": moved, "refused": [_refused(session, one) for one in refused]}
    )
    for one in refused:
        session.line(f"{one.placement.id}  {one.name}  {session.language.value(one.problem)}")
    text = NN_("{n} placement: {status}", "{n} placements: {status}")
    session.say(Message(text, n=moved, status=to))
    if not refused:
        return DONE
    return OPEN_FINDINGS if moved else REFUSED


def _refused(session: Session, one: Line) -> dict[str, Any]:
    return {
        "placement": one.placement.id,
        "student": one.name,
        "reason": session.language.value(one.problem),
        "missing": [item.name for item in one.lacking],
    }


def _transfer(session: Session) -> int:
    options = session.options
    with session.work() as work:
        with work.store.read() as reader:
            leg = _placement(reader, options.placement)
            host = naming.reference(reader, "enterprise", options.enterprise)
            post = (
                naming.reference(reader, "position", options.position) if options.position else ""
            )
        wish = Transfer(host, post, _day(options.on) or date.today(), options.reason)
        share = options.share
        if share:
            new = transferring.second_host(work, leg, wish, Decimal(share), date.today())
        else:
            new = transferring.transfer(work, leg, wish, date.today())
        with work.store.read() as reader:
            warnings = transferring.warnings(reader, new)
    say = session.language.value
    session.data(
        {
            "placement": new.id,
            "continues": new.continues or None,
            "warnings": list(map(say, warnings)),
        }
    )
    for one in warnings:
        session.say(one)
    session.say(Message("New leg from {day}: {id}", day=new.start_date, id=new.id))
    return DONE


def _preflight(session: Session) -> int:
    options = session.options
    with session.work() as work:
        with work.store.read() as reader:
            found = reader.get(
                "placement_batch", naming.reference(reader, "placement_batch", options.batch)
            )
        assert isinstance(found, PlacementBatch), "a reference names a record that exists"
        matrix = preflight.read(work, found, date.today())
        rows = matrix.interns if options.students else matrix.hosts
        if options.pdf:
            output = Output.EN if session.language.code == "en" else Output.ZH_CN
            edition = Edition(output, printed_by=work.actor.name)
            put(preflight_paper.drawn(work, matrix, rows, edition).data, Path(options.pdf))
    if options.sheet:
        preflight_paper.write(matrix, rows, Path(options.sheet), session.language)
    session.data(_as_json(session, matrix, rows))
    lang = session.language
    for row in (one for one in rows if one.gaps):
        session.line(f"{row.name}  {row.gaps}")
        for item, cell in row.cells.items():
            if cell.missing:
                session.line(f"    {lang.say(item)}  {preflight_paper.mark(cell, lang)}")
    session.say(Message(NN_("{n} gap", "{n} gaps"), n=matrix.gaps))
    return OPEN_FINDINGS if matrix.gaps else DONE


def _as_json(session: Session, matrix: Matrix, rows: tuple[Row, ...]) -> dict[str, Any]:
    return {
        "batch": matrix.batch.name,
        "gaps": matrix.gaps,
        "totals": {item.name: n for item, n in matrix.totals.items()},
        "rows": [
            {
                "id": row.id,
                "name": row.name,
                "students": len(row.lines),
                "gaps": row.gaps,
                "items": {
                    item.name: {"state": cell.state.name, "missing": cell.missing}
                    for item, cell in row.cells.items()
                },
            }
            for row in rows
        ],
    }


def _copy_batch(session: Session) -> int:
    options = session.options
    with session.work() as work:
        with work.store.read() as reader:
            id = naming.reference(reader, "placement_batch", options.batch)
        made = batches.copied(work, id, name=options.name, start=_day(options.start))
        batches.save(work, made.batch, made.classes)
    session.data({"id": made.batch.id, "name": made.batch.name, "classes": list(made.classes)})
    text = NN_("{name}: {n} class, from {start}", "{name}: {n} classes, from {start}")
    batch = made.batch
    session.say(Message(text, name=batch.name, n=len(made.classes), start=batch.start_date))
    return DONE


def _whereabouts(session: Session) -> int:
    options, say = session.options, session.language.value
    with session.work() as work:
        with work.store.read() as reader:
            student = naming.reference(reader, "student", options.student)
        stays = careers.of(work, student, _day(options.on))
    session.data(
        {
            "placements": [
                {
                    "id": one.placement.id,
                    "batch": one.batch or None,
                    "enterprise": one.enterprise,
                    "position": one.position or None,
                    "start_date": naming.plain(one.placement.start_date),
                    "end_date": naming.plain(one.placement.end_date),
                    "status": one.status.name,
                    "continues": one.placement.continues or None,
                }
                for one in stays
            ]
        }
    )
    for one in stays:
        days = f"{say(one.placement.start_date)}  {say(one.placement.end_date):10}"
        session.line(f"{days}  {say(one.status)}  {one.enterprise}  {one.position}".rstrip())
    session.say(Message("{n} in all", n=len(stays)))
    return DONE


def _chosen(reader: Reader, named: list[str], where: list[str]) -> list[str]:
    """Return the placements named one by one, or all that fit the conditions."""
    if named:
        return [_placement(reader, one) for one in named]
    if not where:
        raise WrongUsage(Message("Name placements, or choose them with --where."), "xqhz move")
    query = Query("placement", where=conditions(reader, Placement, where))
    found = queries.found(reader, query, most=None).rows
    some: list[str] = []
    for start in range(0, len(found), 500):
        page = queries.rows(reader, "placement", found[start : start + 500])
        some += [row.record.id for row in page if row]
    return some


def _placement(reader: Reader, text: str) -> str:
    """Return the id of a placement given by id, or by the student who has one that goes on."""
    if reader.count("placement", id=text):
        return text
    student = naming.reference(reader, "student", text)
    return moving.current(reader, student).id


def _day(text: str) -> date | None:
    found: date | None = Field(Kind.DAY, "day").parse(text) if text else None
    return found


_ON = Argument("--on", default="", metavar="DATE", help=N_("the day it happened on"))
_REASON = Argument("--reason", default="", metavar="WORDS", help=N_("why"))
_WHICH = N_("id of a placement, or number or name of its student")

COMMANDS = (
    Command(
        "move",
        N_("take placements a step further, or stop them"),
        (
            Argument("placements", metavar="PLACEMENT", nargs="*", help=_WHICH),
            Argument("status", metavar="STATUS", help=N_("the status to go to, by word or name")),
            WHERE,
            _ON,
            _REASON,
            Argument(
                "--dry-run", action="store_true", help=N_("say what would happen, do nothing")
            ),
            JSON,
        ),
        _move,
    ),
    Command(
        "transfer",
        N_("change the enterprise or post of a placement, or add a second one"),
        (
            Argument("placement", metavar="PLACEMENT", help=_WHICH),
            Argument("enterprise", metavar="ENTERPRISE", help=N_("where it goes on")),
            Argument("--position", default="", metavar="NAME", help=N_("position there")),
            _ON,
            _REASON,
            Argument(
                "--share",
                type=int,
                metavar="N",
                help=N_("percent of the time: a second enterprise beside the first"),
            ),
            JSON,
        ),
        _transfer,
    ),
    Command(
        "whereabouts",
        N_("where a student was, over the years or on one day"),
        (
            Argument("student", metavar="STUDENT", help=N_("number or name of a student")),
            Argument(
                "--on", default="", metavar="DATE", help=N_("only what was in force that day")
            ),
            JSON,
        ),
        _whereabouts,
    ),
    Command(
        "preflight",
        N_("check what a batch still misses before, during and after"),
        (
            Argument("batch", metavar="BATCH", help=N_("id or name of a batch")),
            Argument("--students", action="store_true", help=N_("by student, not by enterprise")),
            Argument("--pdf", default="", metavar="FILE.pdf", help=N_("print it into a file")),
            Argument("--sheet", default="", metavar="FILE.xlsx", help=N_("write the gaps")),
            JSON,
        ),
        _preflight,
    ),
    Command(
        "copy-batch",
        N_("plan a batch like an earlier one, for the classes a year below"),
        (
            Argument("batch", metavar="BATCH", help=N_("id or name of a batch")),
            Argument("--name", default="", metavar="NAME", help=N_("name of the new one")),
            Argument("--start", default="", metavar="DATE", help=N_("its first day")),
            JSON,
        ),
        _copy_batch,
    ),
)
"""The life of placements: status, legs, the check before the start, next year's batch."""

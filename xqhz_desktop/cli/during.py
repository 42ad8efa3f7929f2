"""Commands for the time on placement: attendance, reports-due, visits-due, emergency."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, Session
from xqhz_desktop.domain.attendance import Attendance
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import attendance, emergency, handing_in, naming, visiting
from xqhz_desktop.services.attendance import Summed
from xqhz_desktop.services.rosters import Scope
from xqhz_desktop.services.workspace import Work


def _attendance(session: Session) -> int:
    options = session.options
    month = Attendance.FIELDS["month"].parse(options.month)
    with session.work() as work:
        sheet = attendance.sheet(work, _scope(work, options), month, sys.maxsize)
    rows = attendance.summed(sheet)
    session.data(
        {
            "month": month,
            "holidays_announced": sheet.announced,
            "interns": [_sums(session, one) for one in rows],
        }
    )
    for one in rows:
        seat, total = one.intern.seat, one.totals
        noticed = [Message("{what} {n}", what=what, n=n) for what, n in one.notices.items()]
        session.line(
            f"{seat.student_no:12} {seat.name}  {total.days:g}  {total.hours:g}"
            f"  {session.language.value(list(noticed))}".rstrip()
        )
    if not sheet.announced:
        session.say(Message("The holidays of {year} are not announced yet.", year=month[:4]))
    session.say(Message(NN_("{n} intern", "{n} interns"), n=len(rows)))
    return DONE


def _sums(session: Session, one: Summed) -> dict[str, Any]:
    seat, total = one.intern.seat, one.totals
    return {
        "placement": seat.placement,
        "student_no": seat.student_no,
        "name": seat.name,
        "enterprise": seat.enterprise_name,
        "recorded": one.intern.record is not None,
        "days": float(total.days),
        "hours": float(total.hours),
        "overtime": float(total.overtime),
        "nights": total.nights,
        "leave": total.leave,
        "sick": total.sick,
        "absent": total.absent,
        "late": total.late,
        "at_rest": total.at_rest,
        "noticed": {what.name: n for what, n in one.notices.items()},
    }


def _reports(session: Session) -> int:
    options = session.options
    with session.work() as work:
        board = handing_in.board(work, _scope(work, options), _day(options.on), sys.maxsize)
    missing = [one for one in board.writers if one.missing]
    session.data(
        {
            "owed": board.owed,
            "received": board.received,
            "read_percent": board.read_share,
            "missing": [
                {
                    "placement": one.seat.placement,
                    "student_no": one.seat.student_no,
                    "name": one.seat.name,
                    "numbers": list(one.missing),
                }
                for one in missing
            ],
        }
    )
    for one in missing:
        numbers = ", ".join(map(str, one.missing))
        session.line(f"{one.seat.student_no:12} {one.seat.name}  {numbers}")
    session.say(
        Message(
            "{received} of {owed} received, {missing} missing | {share} % of what came has been "
            "read",
            received=board.received,
            owed=board.owed,
            missing=board.owed - board.received,
            share=board.read_share,
        )
    )
    return OPEN_FINDINGS if missing else DONE


def _visits(session: Session) -> int:
    options = session.options
    with session.work() as work:
        board = visiting.board(work, _scope(work, options).batch, _day(options.on))
    due = [one for one in board.hosts if one.due]
    todo = [one for one in board.visits if one.open]
    session.data(
        {
            "every": board.every,
            "waiting": [
                {
                    "enterprise": one.id,
                    "name": one.name,
                    "interns": one.interns,
                    "last": one.last.isoformat() if one.last else None,
                    "planned": one.planned.isoformat() if one.planned else None,
                    "days": one.waits,
                }
                for one in due
            ],
            "to_be_done": [
                {
                    "visit": one.id,
                    "name": one.name,
                    "what": one.follow_up,
                    "due": one.due.isoformat() if one.due else None,
                }
                for one in todo
            ],
        }
    )
    for one in due:
        session.line(f"{one.waits:5}  {one.name}  {one.last or '-'}")
    text = NN_(
        "{n} enterprise without a visit for more than {every} days",
        "{n} enterprises without a visit for more than {every} days",
    )
    session.say(Message(text, n=len(due), every=board.every))
    return OPEN_FINDINGS if due else DONE


def _emergency(session: Session) -> int:
    with session.work() as work:
        with work.store.read() as reader:
            student = naming.reference(reader, "student", session.options.student)
        card = emergency.card(work, student, date.today())
    say = session.language.say
    session.data(
        {
            "student": card.student.id,
            "name": card.student.name,
            "placement": card.placement or None,
            "lines": [
                {"label": say(one.label), "text": one.text, "call": one.call or None}
                for one in card.lines
            ],
        }
    )
    for one in card.lines:
        session.line(f"{say(one.label)}  {one.text}  {one.call}".rstrip())
    return DONE


def _scope(work: Work, options: Any) -> Scope:
    room = getattr(options, "school_class", "")
    with work.store.read() as reader:
        batch = naming.reference(reader, "placement_batch", options.batch)
        return Scope(batch, naming.reference(reader, "school_class", room) if room else "")


def _day(text: str) -> date:
    found: date | None = Field(Kind.DAY, "day").parse(text) if text else None
    return found or date.today()


_BATCH = Argument("batch", metavar="BATCH", help=N_("id or name of a batch"))
_CLASS = Argument(
    "--class", dest="school_class", default="", metavar="NAME", help=N_("only this class")
)
_ON = Argument("--on", default="", metavar="DATE", help=N_("as of this day instead of today"))

COMMANDS = (
    Command(
        "attendance",
        N_("days, hours, overtime and nights of a month, and what is to be noticed"),
        (_BATCH, Argument("month", metavar="MONTH", help=N_("such as 2026-10")), _CLASS, JSON),
        _attendance,
    ),
    Command(
        "reports-due",
        N_("students' reports that are missing"),
        (_BATCH, _CLASS, _ON, JSON),
        _reports,
    ),
    Command(
        "visits-due",
        N_("enterprises nobody has visited for too long, and what is still to be done"),
        (_BATCH, _ON, JSON),
        _visits,
    ),
    Command(
        "emergency",
        N_("whom to call for a student"),
        (Argument("student", metavar="NAME", help=N_("id, number or name of a student")), JSON),
        _emergency,
    ),
)
"""What happens between the first day and the last."""

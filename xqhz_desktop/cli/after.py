"""Commands for the papers of placements: checklist, scans, archive, binder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, Session
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports.kit import Edition, Output, Purpose
from xqhz_desktop.services import archiving, binder, checklist, naming, scan_filing, three_numbers
from xqhz_desktop.services.archiving import Written
from xqhz_desktop.services.workspace import Work

Progress = Callable[[int, int], None]
Write = Callable[[Work, str, Path, Edition, Progress], Written]


def _checklist(session: Session) -> int:
    with session.work() as work:
        lines = checklist.of_batch(work, _batch(session, work))
    say = session.language.say
    session.data(
        {
            "placements": [
                {
                    "id": line.placement,
                    "name": line.name,
                    "student_no": line.student_no or None,
                    "class_name": line.class_name or None,
                    "enterprise": line.enterprise,
                    "papers": {one.document.name: one.level.name.lower() for one in line.papers},
                }
                for line in lines
            ]
        }
    )
    lacking = [line for line in lines if line.lacking]
    for line in lacking:
        some = ", ".join(f"{say(one.document.label)} ({say(one.level)})" for one in line.lacking)
        session.line(f"{line.student_no:14} {line.name}  {line.class_name}  {some}")
    text = NN_(
        "{lacking} of {n} placement lacks papers.", "{lacking} of {n} placements lack papers."
    )
    session.say(Message(text, lacking=len(lacking), n=len(lines)))
    return OPEN_FINDINGS if lacking else DONE


def _numbers(session: Session) -> int:
    with session.work() as work:
        found = three_numbers.of(work, _batch(session, work))
    register, agreements, insured = found.counts
    session.data(
        {
            "register": register,
            "agreements": agreements,
            "insured": insured,
            "persons": [
                {
                    "student": one.student,
                    "name": one.name,
                    "student_no": one.student_no or None,
                    "class_name": one.class_name or None,
                    "register": one.register.name.lower(),
                    "agreement": one.agreement.name.lower(),
                    "insurance": one.insurance.name.lower(),
                }
                for one in found.differing
            ],
        }
    )
    session.say(found.said)
    for row in three_numbers.rows(found, session.language):
        session.line("  ".join(row))
    return OPEN_FINDINGS if found.differing else DONE


def _scans(session: Session) -> int:
    files = [Path(one) for one in session.options.files]
    with session.work() as work:
        stack = scan_filing.read(work, files, session.progress)
        made = scan_filing.file(work, stack.sheets)
    open_ones = [one for one in stack.sheets if not one.record and not one.filed]
    filed = sum(1 for one in stack.sheets if one.filed)
    session.data(
        {
            "filed": len(made),
            "filed_before": filed,
            "open": [{"file": one.file, "page": one.number} for one in open_ones],
            "refused": [session.language.say(one) for one in stack.refused],
        }
    )
    session.say(Message(NN_("{n} scanned page filed", "{n} scanned pages filed"), n=len(made)))
    for one in open_ones:
        session.say(Message("{file}, page {n}: no readable code", file=one.file, n=one.number))
    for refusal in stack.refused:
        session.say(refusal)
    return OPEN_FINDINGS if open_ones or stack.refused else DONE


def _archive(session: Session) -> int:
    return _written(session, archiving.write)


def _binder(session: Session) -> int:
    return _written(session, binder.write)


def _written(session: Session, write: Write) -> int:
    options = session.options
    with session.work() as work:
        edition = Edition(
            output=Output[options.output.upper()],
            purpose=Purpose[options.purpose.upper()],
            printed_by=work.actor.name,
        )
        place = Path(options.target).absolute()
        made = write(work, _batch(session, work), place, edition, session.progress)
    counts = {"students": made.students, "files": made.files, "absent": made.absent}
    session.data({"place": str(made.place), **counts})
    text = NN_("{n} file written to {place}.", "{n} files written to {place}.")
    session.say(Message(text, n=made.files, place=str(made.place)))
    if made.absent:
        lost = NN_(
            "{n} attached file is not here or was changed; the index names it.",
            "{n} attached files are not here or were changed; the index names them.",
        )
        session.say(Message(lost, n=made.absent))
    return OPEN_FINDINGS if made.absent else DONE


def _batch(session: Session, work: Work) -> str:
    with work.store.read() as reader:
        return naming.reference(reader, "placement_batch", session.options.batch)


_BATCH = Argument("batch", metavar="NAME", help=N_("the batch, by name or id"))
_TARGET = Argument("target", metavar="TARGET", help=N_("a new folder, or a new .zip file"))
_IN = Argument(
    "--in",
    dest="output",
    choices=("zh_CN", "en", "bilingual"),
    default="zh_CN",
    help=N_("language of the paper"),
)
_PURPOSE = Argument(
    "--purpose",
    choices=("internal", "report"),
    default="internal",
    help=N_("who gets it: for “report” the names of minors are covered in folder names"),
)
COMMANDS = (
    Command(
        "checklist", N_("list the papers the students of a batch lack"), (_BATCH, JSON), _checklist
    ),
    Command(
        "numbers",
        N_("hold register, agreements and insurance of a batch against each other"),
        (_BATCH, JSON),
        _numbers,
    ),
    Command(
        "scans",
        N_("file scans of our own papers by the codes on them"),
        (Argument("files", metavar="FILE", nargs="+", help=N_("PDF, JPG, PNG or TIFF")), JSON),
        _scans,
    ),
    Command(
        "archive",
        N_("write the students' files of a batch in the official order"),
        (_BATCH, _TARGET, _PURPOSE, _IN, JSON),
        _archive,
    ),
    Command(
        "binder",
        N_("write the inspection binder of a batch"),
        (_BATCH, _TARGET, _PURPOSE, _IN, JSON),
        _binder,
    ),
)
"""What is done with the papers of a batch."""

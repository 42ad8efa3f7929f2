"""Commands for whole workspaces: demo, new, backup, restore, verify."""

from __future__ import annotations

from pathlib import Path

from xqhz_desktop import paths
from xqhz_desktop.cli.command import JSON, Argument, Command, count
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, OpenWindow, Session
from xqhz_desktop.domain.school import School
from xqhz_desktop.errors import InvalidRecord, UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import backups, sample, workspace


def _demo(session: Session) -> int | OpenWindow:
    options = session.options
    folder = Path(options.folder) if options.folder else paths.sample_workspace()
    if workspace.is_workspace(folder) and not options.no_window and _is_sample(folder):
        return OpenWindow(folder, session.language.code)
    work = sample.make(
        folder,
        students=options.students,
        years=options.years,
        seed=options.seed,
        progress=session.progress,
    )
    workspace.close(work)
    session.say(Message("The sample school is ready in {folder}.", folder=str(folder)))
    return DONE if options.no_window else OpenWindow(folder, session.language.code)


def _is_sample(folder: Path) -> bool:
    if workspace.needs_passphrase(folder):
        return False
    work = workspace.opened(folder)
    workspace.close(work)
    return work.sample


def _new(session: Session) -> int:
    options = session.options
    school = School(name=options.school, code=options.code)
    if problems := school.problems():
        raise InvalidRecord(problems)
    folder = Path(options.folder)
    workspace.close(workspace.create(folder, school, passphrase=session.passphrase))
    session.say(Message("The workspace is ready in {folder}.", folder=str(folder)))
    return DONE


def _backup(session: Session) -> int:
    target = session.options.file
    with session.work() as work:
        made = backups.make(work, Path(target) if target else None)
    session.say(Message("Backup written to {file}.", file=str(made)))
    return DONE


def _restore(session: Session) -> int:
    kept = backups.restore(
        Path(session.options.file), session.folder, passphrase=session.passphrase
    )
    session.say(Message("Restored to {folder}.", folder=str(session.folder)))
    if kept:
        session.say(Message("What was there before is kept in {folder}.", folder=str(kept)))
    return DONE


def _verify(session: Session) -> int:
    place = Path(session.options.file) if session.options.file else session.folder
    try:
        problems = backups.verify(place, passphrase=session.passphrase)
    except UserError as error:
        session.data(
            {"file": str(place), "sound": False, "problems": [session.language.say(error.message)]}
        )
        raise
    said = [session.language.say(problem) for problem in problems]
    session.data({"file": str(place), "sound": not problems, "problems": said})
    for line in said:
        session.line(line)
    if not problems:
        session.say(Message("{file} is sound.", file=str(place)))
    return OPEN_FINDINGS if problems else DONE


COMMANDS = (
    Command(
        "demo",
        N_("make and open a sample school"),
        (
            Argument(
                "folder",
                metavar="DIR",
                nargs="?",
                default="",
                help=N_("where to make it; else beside the documents"),
            ),
            Argument(
                "--students",
                type=count,
                default=1200,
                metavar="N",
                help=N_("number of students (1200)"),
            ),
            Argument("--years", type=count, default=3, metavar="N", help=N_("number of years (3)")),
            Argument(
                "--seed",
                type=count,
                default=1,
                metavar="N",
                help=N_("the same number gives the same school (1)"),
            ),
            Argument("--no-window", action="store_true", help=N_("only make it")),
        ),
        _demo,
    ),
    Command(
        "new",
        N_("make an empty workspace"),
        (
            Argument("folder", metavar="DIR", help=N_("where to make it")),
            Argument("--school", required=True, metavar="NAME", help=N_("name of the school")),
            Argument("--code", default="", metavar="CODE", help=N_("school code of 10 digits")),
        ),
        _new,
    ),
    Command(
        "backup",
        N_("write a backup"),
        (
            Argument(
                "file",
                metavar="FILE",
                nargs="?",
                default="",
                help=N_("where to write it; else into the folder “backups” of the workspace"),
            ),
        ),
        _backup,
    ),
    Command(
        "restore",
        N_("restore a backup"),
        (Argument("file", metavar="FILE", help=N_("the backup")),),
        _restore,
    ),
    Command(
        "verify",
        N_("check a workspace or a backup"),
        (
            Argument(
                "file",
                metavar="FILE",
                nargs="?",
                default="",
                help=N_("a backup or a folder; else the workspace"),
            ),
            JSON,
        ),
        _verify,
    ),
)

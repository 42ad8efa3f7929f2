"""Commands for spreadsheets: template, import, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.exports import OPTIONS, day, submit
from xqhz_desktop.cli.people import conditions
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import exporting, importing, layouts, naming, workspace
from xqhz_desktop.services.columns import offered
from xqhz_desktop.services.companions import beside
from xqhz_desktop.services.staged import ANOTHER, Choice, Mode, Staged, State
from xqhz_desktop.spreadsheets.findings import Finding
from xqhz_desktop.spreadsheets.notes import notes
from xqhz_desktop.spreadsheets.understand import Understood, Wishes, refused_json
from xqhz_desktop.spreadsheets.write import refuse_ending
from xqhz_desktop.storage import queries


def _template(session: Session) -> int:
    options = session.options
    own = session.own_fields(options.kind)
    known: dict[str, list[str]] = {}
    if workspace.is_workspace(session.folder):
        with session.work() as work:
            known = exporting.names_to_choose(work, options.kind)
    exporting.template(options.kind, Path(options.file), session.language, own, known)
    session.say(Message("Template written to {file}.", file=options.file))
    return DONE


def _import(session: Session) -> int:
    options = session.options
    if options.errors:
        refuse_ending(Path(options.errors))
    wishes = Wishes(tuple(options.sheet), own=session.own_fields(options.kind))
    try:
        understood = importing.understand(Path(options.file), options.kind, wishes)
    except UserError as error:
        session.data(refused_json(Path(options.file), options.kind, error, session.language))
        raise
    known = options.kind in importing.IMPORTABLE
    if not known or (options.dry_run and not workspace.is_workspace(session.folder)):
        return _only_understood(session, understood)
    with session.work() as work:
        if options.dry_run and not importing.roster(work, options.kind):
            return _only_understood(session, understood)
        staged = importing.stage(work, understood, _choice(session), session.progress)
        if not options.dry_run:
            importing.commit(work, staged, session.progress)
    if options.errors and staged.counts["errors"]:
        exporting.failing(staged, Path(options.errors), session.language)
    told = [one for one in (beside(staged), *notes(understood)) if one]
    document = staged.as_json(session.language)
    session.data({**document, "notes": [session.language.say(one) for one in told]})
    _tell(session, staged)
    return OPEN_FINDINGS if staged.counts["errors"] else DONE


def _choice(session: Session) -> Choice:
    """Return which rows are written: new ones, and known ones where that is asked for."""
    options = session.options
    usual = Mode.BOTH if options.update else Mode.INSERT
    return Choice(Mode[options.mode.upper()] if options.mode else usual, options.clear_blanks)


def _only_understood(session: Session, understood: Understood) -> int:
    if not session.options.dry_run:
        raise UserError(
            Message("Lists of this kind can only be checked so far. Add --dry-run."),
            code="DRY_RUN_ONLY",
        )
    counts = understood.counts()
    told = [session.language.say(one) for one in notes(understood)]
    session.data({**understood.as_json(session.language), "notes": told})
    _count(session, len(understood.records), counts)
    _notes(session, understood)
    session.say(Message("Only checked: nothing was written."))
    for sheet in understood.sheets:
        for record in sheet.records:
            _name(session, sheet.name, record.row, record.errors)
    return OPEN_FINDINGS if counts["errors"] else DONE


def _tell(session: Session, staged: Staged) -> None:
    """Say what was done in one sentence, then what is wrong row by row."""
    counts = staged.counts
    _count(session, len(staged.rows), counts)
    if made := beside(staged):
        session.say(made)
    _notes(session, staged.understood)
    if session.options.dry_run:
        session.say(Message("Only checked: nothing was written."))
    elif counts["changed"] and staged.choice.mode is Mode.INSERT:
        session.say(Message("Changed rows were left as they are. Add --update to write them."))
    for row in staged.rows:
        doubts = [one for one in row.warnings if one.code == ANOTHER]
        wrong = row.errors if row.state is State.ERROR else doubts
        _name(session, row.sheet, row.row, wrong)


def _count(session: Session, rows: int, counts: dict[str, int]) -> None:
    """Say in one sentence what the rows are."""
    text = NN_(
        "{n} row: {new} new, {changed} changed, {errors} wrong.",
        "{n} rows: {new} new, {changed} changed, {errors} wrong.",
    )
    session.say(Message(text, n=rows, **counts))


def _notes(session: Session, understood: Understood) -> None:
    """Say what was read otherwise than people may expect."""
    for note in notes(understood):
        session.say(note)


def _name(session: Session, sheet: str, row: int, findings: Sequence[Finding]) -> None:
    """Say what is wrong with a row, and where it stands."""
    for finding in findings:
        text = Message(
            "{sheet}, row {row}: {said}", sheet=sheet, row=str(row), said=finding.message
        )
        session.say(text)


def _export(session: Session) -> int:
    options = session.options
    if options.kind not in BY_KIND:
        return submit(session)
    if not options.file:
        raise WrongUsage(Message("{names} is missing.", names="FILE.xlsx"), "xqhz export")
    if options.check or options.good:
        text = Message("--check and --good are for templates. See “xqhz exports”.")
        raise WrongUsage(text, "xqhz export")
    entity = naming.kind(options.kind)
    columns = tuple(name for name in options.columns.split(",") if name)
    on = day(options.on) if options.on else None
    with session.work() as work:
        kept = layouts.find(work, entity.KIND, options.layout) if options.layout else None
        with work.store.read() as reader:
            query = queries.Query(entity.KIND, where=conditions(reader, entity, options.where))
            if kept is not None and not columns:
                columns = layouts.fitting(kept, offered(reader, entity.KIND))
        totals = options.totals or bool(kept and kept.totals)
        layout = exporting.Layout(columns, options.purpose, session.language, totals, on)
        n = exporting.export(work, query, Path(options.file), layout)
    rows = NN_("{n} row written to {file}.", "{n} rows written to {file}.")
    session.say(Message(rows, n=n, file=options.file))
    return DONE


_KIND = Argument("kind", metavar="KIND", help=N_("one of “xqhz kinds”"))
_MODE = N_("what to write: new rows, known ones, or both")
COMMANDS = (
    Command(
        "template",
        N_("write an import template"),
        (_KIND, Argument("file", metavar="FILE.xlsx", help=N_("where to write it"))),
        _template,
    ),
    Command(
        "import",
        N_("read a spreadsheet or text file"),
        (
            _KIND,
            Argument("file", metavar="FILE", help=N_("the spreadsheet or text file")),
            Argument(
                "--sheet",
                action="append",
                default=[],
                metavar="NAME",
                help=N_("only this sheet, hidden ones too; may be given several times"),
            ),
            Argument("--dry-run", action="store_true", help=N_("only check, write nothing")),
            Argument("--update", action="store_true", help=N_("also change what is known already")),
            Argument("--mode", choices=("insert", "update", "both"), default="", help=_MODE),
            Argument("--clear-blanks", action="store_true", help=N_("blank cells empty fields")),
            Argument("--errors", default="", metavar="OUT.xlsx", help=N_("write the bad rows")),
            JSON,
        ),
        _import,
    ),
    Command(
        "export",
        N_("write a spreadsheet"),
        (
            Argument("kind", metavar="KIND", help=N_("one of “xqhz kinds” or “xqhz exports”")),
            Argument(
                "file", metavar="FILE.xlsx", nargs="?", default="", help=N_("where to write it")
            ),
            Argument("--columns", default="", metavar="A,B,…", help=N_("only these fields")),
            Argument("--layout", default="", metavar="NAME", help=N_("columns saved as a layout")),
            Argument("--totals", action="store_true", help=N_("a totals row below")),
            Argument(
                "--purpose",
                choices=("internal", "report", "public"),
                default="internal",
                help=N_("who reads it: personal numbers are masked accordingly"),
            ),
            *OPTIONS,
        ),
        _export,
    ),
)

"""The command ``dossier``: a student goes to another school, or comes from one."""

from __future__ import annotations

from pathlib import Path

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import dossiers, naming


def _dossier(session: Session) -> int:
    options = session.options
    if options.verb == "send":
        return _send(session, Path(options.file), options.student)
    return _take(session, Path(options.file), look=options.verb == "look")


def _send(session: Session, file: Path, name: str) -> int:
    if not name:
        raise WrongUsage(Message("Say the student with --student."), "xqhz dossier")
    with session.work() as work:
        with work.store.read() as reader:
            student = naming.reference(reader, "student", name)
        made = dossiers.make(work, [student], file, leaves=session.options.leaves)
    words = session.language.say(made.words)
    session.data({"file": str(made.file), "kinds": dict(made.kinds), "words": words})
    text = Message("{file} is written. Read these words out: {words}",
                   file=made.file.name, words=words)  # fmt: skip
    session.say(text)
    return DONE


def _take(session: Session, file: Path, *, look: bool) -> int:
    options = session.options
    with session.work() as work:
        found = dossiers.look(work, file, options.words)
        data = {
            "school": found.school,
            "students": list(found.students),
            "kinds": dict(found.kinds),
            "files": found.files,
            "known": {kind: list(names) for kind, names in found.known.items()},
        }
        if not look:
            with work.store.read() as reader:
                home = options.home and naming.reference(reader, "school_class", options.home)
            data["step"] = dossiers.take_in(work, file, options.words, school_class=home)
    session.data(data)
    school = found.school or "—"
    session.say(Message("{names}, from {school}", names=list(found.students), school=school))
    return DONE


COMMANDS = (
    Command(
        "dossier",
        N_("a student goes to another school, or comes from one: send, look, take"),
        (
            Argument("verb", choices=("send", "look", "take"), help=N_("what to do")),
            Argument("file", metavar="FILE.xqperson", help=N_("the sealed file")),
            Argument(
                "--student", default="", metavar="NAME", help=N_("who goes: name, number or id")
            ),
            Argument("--leaves", action="store_true", help=N_("mark them as transferred here")),
            Argument(
                "--words", default="", metavar="WORDS", help=N_("the words that open the file")
            ),
            Argument(
                "--class", dest="home", default="", metavar="NAME", help=N_("into which class")
            ),
            JSON,
        ),
        _dossier,
    ),
)

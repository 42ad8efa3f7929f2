"""Commands for papers: reports, report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports import REPORTS
from xqhz_desktop.reports.kit import Edition, Output, Purpose, put
from xqhz_desktop.services import naming, reporting


def _reports(session: Session) -> int:
    say = session.language.say
    session.data(
        {
            "reports": [
                {
                    "name": one.name,
                    "title": say(one.title),
                    "questions": [
                        {
                            "name": field.name,
                            "label": say(field.label),
                            "kind": field.kind.value,
                            "required": field.required,
                        }
                        for field in one.asks.FIELDS.values()
                    ],
                }
                for one in REPORTS
            ]
        }
    )
    for one in REPORTS:
        session.line(f"{one.name:28} {say(one.title)}")
        for field in one.asks.FIELDS.values():
            session.line(f"  --{field.name:24} {say(field.label)}")
    return DONE


def _report(session: Session) -> int:
    options = session.options
    asked = reporting.report(options.name)
    with session.work() as work:
        with work.store.read() as reader:
            answers = asked.asks(**naming.values(reader, asked.asks, _answers(options.rest)))
        edition = Edition(
            output=Output[options.output.upper()],
            purpose=Purpose[options.purpose.upper()],
            printed_by=work.actor.name,
        )
        printed = reporting.draw(work, answers, edition, session.progress)
    put(printed.data, Path(options.file))
    pages = NN_("{n} page written to {file}.", "{n} pages written to {file}.")
    session.say(Message(pages, n=printed.pages, file=options.file))
    if printed.missing:
        session.say(
            Message(
                "No font has these characters: {letters}. They are left blank.",
                letters=" ".join(printed.missing),
            )
        )
        return OPEN_FINDINGS
    return DONE


def _answers(words: Sequence[str]) -> dict[str, str]:
    """Return ``--QUESTION VALUE`` pairs, also written ``--QUESTION=VALUE``."""
    found: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if not name.startswith("--") or (not equals and not rest):
            raise WrongUsage(Message("“{word}” is not --QUESTION VALUE.", word=word), "xqhz report")
        found[name[2:].replace("-", "_")] = value if equals else rest.pop(0)
    return found


COMMANDS = (
    Command("reports", N_("list the reports and their questions"), (JSON,), _reports),
    Command(
        "report",
        N_("write a report as a PDF"),
        (
            Argument("name", metavar="NAME", help=N_("one of “xqhz reports”")),
            Argument("file", metavar="FILE.pdf", help=N_("where to write it")),
            Argument(
                "--in",
                dest="output",
                choices=("zh_CN", "en", "bilingual"),
                default="zh_CN",
                help=N_("language of the paper"),
            ),
            Argument(
                "--purpose",
                choices=("internal", "report", "public"),
                default="internal",
                help=N_("who reads it: personal numbers are masked accordingly"),
            ),
        ),
        _report,
    ),
)

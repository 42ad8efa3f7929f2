"""The commands and their options, as the contract has them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import Any, NoReturn

from xqhz_desktop import __version__
from xqhz_desktop.cli import (
    after,
    attached,
    compliance,
    devices,
    disputes,
    dossiers,
    during,
    exchange,
    exports,
    files,
    handover,
    life,
    lists,
    papers,
    past,
    people,
    server,
    workspaces,
)
from xqhz_desktop.cli.usage import Help, WrongUsage, problem
from xqhz_desktop.i18n import N_, Language

COMMANDS = (
    *workspaces.COMMANDS,
    *people.COMMANDS,
    *files.COMMANDS,
    *exports.COMMANDS,
    *lists.COMMANDS,
    *life.COMMANDS,
    *during.COMMANDS,
    *attached.COMMANDS,
    *papers.COMMANDS,
    *compliance.COMMANDS,
    *after.COMMANDS,
    *past.COMMANDS,
    *exchange.COMMANDS,
    *disputes.COMMANDS,
    *devices.COMMANDS,
    *dossiers.COMMANDS,
    *handover.COMMANDS,
    *server.COMMANDS,
)
"""Every command: name, what it does, its arguments, the function that does it."""

PLACES = (
    N_("DIR"),
    N_("FILE"),
    N_("FILE.pdf"),
    N_("FILE.xqhz"),
    N_("TRANSPORT"),
    N_("SEQ"),
    N_("FILE.xlsx"),
    N_("OUT.xlsx"),
    N_("KIND"),
    N_("ID"),
    N_("FIELD=VALUE"),
    N_("[ID] FIELD=VALUE"),
    N_("FIELD"),
    N_("WORDS"),
    N_("NAME"),
    N_("KEEP"),
    N_("DROP"),
    N_("CODE"),
    N_("STEP"),
    N_("DATE"),
    N_("A,B,…"),
    N_("N"),
    N_("WHAT"),
    N_("URL"),
    N_("HOST:PORT"),
    N_("PATH"),
    N_("TARGET"),
    N_("PLACEMENT"),
    N_("ENTERPRISE"),
    N_("STATUS"),
    N_("BATCH"),
    N_("STUDENT"),
    N_("MONTH"),
)
"""What stands for a value in the help, for the catalogue."""


class _Parser(argparse.ArgumentParser):
    """Speaks one language, and says in one line what is wrong instead of printing the usage."""

    def __init__(self, *, language: Language, **traits: Any) -> None:
        """Make an empty parser; ``traits`` are those of argparse."""

        def help_in_language(prog: str) -> Help:
            return Help(prog, language)

        super().__init__(
            add_help=False, allow_abbrev=False, formatter_class=help_in_language, **traits
        )
        self._language = language
        self._given = self.add_argument_group(language.say(N_("Arguments")))
        self._asked = self.add_argument_group(language.say(N_("Options")))
        self.take("-h", "--help", action="help", help=N_("show this help"))

    def take(self, *names: str, **traits: Any) -> None:
        """Add an argument or an option; its help and its metavar are msgids."""
        said: dict[str, Any] = {
            name: self._language.say(traits[name]) for name in ("help", "metavar") if name in traits
        }
        group = self._asked if names[0].startswith("-") else self._given
        group.add_argument(*names, **{**traits, **said})

    def error(self, message: str) -> NoReturn:
        """Raise instead of leaving the program."""
        raise WrongUsage(problem(message), self.prog)


def parser(language: Language) -> argparse.ArgumentParser:
    """Return the parser with its help in a language."""
    made = _Parser(
        language=language,
        prog="xqhz",
        description=language.say(N_("School–enterprise cooperation on one laptop, offline")),
    )
    version = f"xqhz {__version__}"
    made.take("--version", action="version", version=version, help=N_("show the version"))
    made.take(
        "--workspace",
        metavar="DIR",
        default=os.environ.get("XQHZ_WORKSPACE", ""),
        help=N_("folder of the workspace"),
    )
    made.take(
        "--language", choices=("zh_CN", "en"), default="", help=N_("language of what is said")
    )
    made.take(
        "--passphrase-file",
        metavar="FILE",
        default="",
        help=N_("file whose first line opens an encrypted workspace"),
    )
    made.set_defaults(run=None)
    commands = made.add_subparsers(
        title=language.say(N_("Commands")),
        metavar=language.say(N_("COMMAND")),
        parser_class=_Parser,
    )
    for command in COMMANDS:
        about = language.say(command.about)
        sub = commands.add_parser(command.name, help=about, description=about, language=language)
        for argument in command.arguments:
            sub.take(*argument.names, **argument.traits)
        sub.set_defaults(run=command.run, rest=[], command=command.name)
    return made


def parsed(words: Sequence[str], language: Language) -> argparse.Namespace:
    """Return the options of one call; reports take further options from their questions."""
    made = parser(language)
    options, rest = made.parse_known_args(words)
    if rest and getattr(options, "command", "") != "report":
        made.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    return options

"""The commands and their options, as the contract has them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import Any, NoReturn

from xqhz_desktop import __version__
from xqhz_desktop.cli import files, papers, past, people, workspaces
from xqhz_desktop.cli.session import USAGE
from xqhz_desktop.i18n import N_, Language, Message

COMMANDS = (
    *workspaces.COMMANDS,
    *people.COMMANDS,
    *files.COMMANDS,
    *papers.COMMANDS,
    *past.COMMANDS,
)
"""Every command: name, what it does, its arguments, the function that does it."""


class WrongUsage(Exception):
    """The words of a command are off; `message` says which."""

    def __init__(self, message: Message) -> None:
        """Carry the message."""
        super().__init__(message)
        self.message = message
        self.code = USAGE


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong instead of printing the usage."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of leaving the program."""
        raise WrongUsage(
            Message("Wrong usage: {text}. Try “{command} --help”.", text=message, command=self.prog)
        )


def parser(language: Language) -> argparse.ArgumentParser:
    """Return the parser with its help in a language."""
    made = _Parser(
        prog="xqhz",
        description=language.say(N_("School–enterprise cooperation on one laptop, offline")),
        allow_abbrev=False,
    )
    made.add_argument("--version", action="version", version=f"xqhz {__version__}")
    made.add_argument(
        "--workspace",
        metavar="DIR",
        default=os.environ.get("XQHZ_WORKSPACE", ""),
        help=language.say(N_("folder of the workspace")),
    )
    made.add_argument("--language", choices=("zh_CN", "en"), default="")
    made.add_argument(
        "--passphrase-file",
        metavar="FILE",
        default="",
        help=language.say(N_("file whose first line opens an encrypted workspace")),
    )
    made.set_defaults(run=None)
    commands = made.add_subparsers(metavar=language.say(N_("COMMAND")), parser_class=_Parser)
    for command in COMMANDS:
        about = language.say(command.about)
        sub = commands.add_parser(command.name, help=about, description=about, allow_abbrev=False)
        for argument in command.arguments:
            _add(sub, argument.names, argument.traits, language)
        sub.set_defaults(run=command.run, rest=[], command=command.name)
    return made


def parsed(words: Sequence[str], language: Language) -> argparse.Namespace:
    """Return the options of one call; reports take further options from their questions."""
    made = parser(language)
    options, rest = made.parse_known_args(words)
    if rest and getattr(options, "command", "") != "report":
        made.error(" ".join(rest))
    options.rest = rest
    return options


def _add(
    sub: argparse.ArgumentParser, names: Sequence[str], traits: dict[str, Any], language: Language
) -> None:
    if "help" in traits:
        traits = {**traits, "help": language.say(traits["help"])}
    sub.add_argument(*names, **traits)

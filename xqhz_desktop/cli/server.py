"""The command ``hub``: the central server, from its folder to its figures."""

from __future__ import annotations

from xqhz_desktop.cli.command import JSON, Argument, Command, count
from xqhz_desktop.cli.session import DONE, Session
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message

VERBS = ("init", "serve", "enroll", "revoke", "account", "status")


def _hub(session: Session) -> int:
    """Do one of the server's verbs."""
    try:
        from xqhz_desktop.hub import commands  # lazy: the server is an extra few laptops have
    except ImportError as error:
        raise UserError(
            Message("The server is not installed here: pip install “xqhz-desktop[hub]”"),
            code="NO_HUB",
        ) from error
    session.data(commands.run(session.options, session.language, session.say))
    return DONE


COMMANDS = (
    Command(
        "hub",
        N_("the central server: make it, run it, let schools in, block devices, accounts, state"),
        (
            Argument("verb", choices=VERBS, help=N_("what to do")),
            Argument(
                "what",
                nargs="?",
                default="",
                metavar="WHAT",
                help=N_("file of a school, key of a device, or name of an account"),
            ),
            Argument(
                "--folder", default="xqhz-hub", metavar="DIR", help=N_("folder of the server")
            ),
            Argument(
                "--database",
                default="",
                metavar="URL",
                help=N_("address of PostgreSQL; without it a trial database is used"),
            ),
            Argument(
                "--listen",
                default="127.0.0.1:8440",
                metavar="HOST:PORT",
                help=N_("where the server answers"),
            ),
            Argument(
                "--prefix", default="", metavar="PATH", help=N_("path a proxy puts before it")
            ),
            Argument(
                "--workers", type=count, default=2, metavar="N", help=N_("packages merged at once")
            ),
            Argument(
                "--schools",
                default="",
                metavar="A,B,…",
                help=N_("schools an account may see; without it all"),
            ),
            Argument(
                "--password-file",
                default="",
                metavar="FILE",
                help=N_("file whose first line is the password of an account"),
            ),
            Argument("--yes", action="store_true", help=N_("the words were compared")),
            JSON,
        ),
        _hub,
    ),
)
"""The server's verbs, under one name."""

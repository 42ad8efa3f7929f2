"""One call of the command line, from words to an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from xqhz_desktop.cli.parser import parsed, parser
from xqhz_desktop.cli.session import DONE, REFUSED, OpenWindow, Session, folder, passphrase
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Language, Message, language, system_language
from xqhz_desktop.logs import LOG, log_to
from xqhz_desktop.services import settings


def run(words: Sequence[str]) -> int | OpenWindow:
    """Do what the words say; an error is one line in the user's language, never a traceback."""
    lang = _language(words)
    try:
        _refuse_broken(words)
        options = parsed(words, lang)
        if options.run is None:
            if options.passphrase_file:
                return OpenWindow(folder(options), lang.code, passphrase(options))
            parser(lang).print_help()
            return DONE
        answer: int | OpenWindow = options.run(Session(options, lang))
        return answer
    except WrongUsage as wrong:
        print(lang.say(wrong.message), file=sys.stderr)
        return wrong.code
    except UserError as error:
        print(lang.say(error.message), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # the reader of our output has had enough
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        return DONE
    except SystemExit as ended:  # --help and --version
        return int(ended.code or 0)
    except KeyboardInterrupt:
        print(lang.say(Message("Stopped. Nothing was changed.")), file=sys.stderr)
        return REFUSED
    except Exception:
        return _unexpected(lang)


def _refuse_broken(words: Sequence[str]) -> None:
    """Raise for bytes that are no text in the encoding of this computer."""
    for word in words:
        if not word.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in word):
            raise WrongUsage(Message("“{word}” is not readable text.", word=ascii(word)), "xqhz")


def _language(words: Sequence[str]) -> Language:
    """Return the language asked for, or the workspace's, or the computer's, or the system's."""
    computer = settings.load()
    folder = _value(words, "--workspace") or os.environ.get("XQHZ_WORKSPACE", computer.workspace)
    chosen = _value(words, "--language") or settings.language_of(Path(folder) if folder else None)
    return language(chosen or computer.language or system_language())


def _value(words: Sequence[str], option: str) -> str:
    """Return the value of an option before the words are understood, or ""."""
    for place, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == option:
            return value if equals else next(iter(words[place + 1 : place + 2]), "")
    return ""


def _unexpected(lang: Language) -> int:
    """Log what nobody foresaw and say where."""
    where = next(filter(None, (getattr(one, "baseFilename", "") for one in LOG.handlers)), "")
    if not where:
        where = str(log_to(settings.log_folder()) or "")
    LOG.exception("unexpected error")
    text = Message("Something went wrong and nothing was changed. Details: {file}", file=where)
    print(lang.say(text), file=sys.stderr)
    return REFUSED

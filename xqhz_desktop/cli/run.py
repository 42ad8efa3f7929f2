"""One call of the command line, from words to an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from xqhz_desktop.cli.parser import WrongUsage, parsed, parser
from xqhz_desktop.cli.session import DONE, REFUSED, OpenWindow, Session, folder, passphrase
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Language, Message, language, system_language
from xqhz_desktop.logs import LOG, log_to
from xqhz_desktop.services import settings


def run(words: Sequence[str]) -> int | OpenWindow:
    """Do what the words say; an error is one line in the user's language, never a traceback."""
    lang = _language(words)
    try:
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
    except SystemExit as ended:  # --help and --version
        return int(ended.code or 0)
    except KeyboardInterrupt:
        print(lang.say(Message("Stopped. Nothing was changed.")), file=sys.stderr)
        return REFUSED
    except Exception:
        return _unexpected(lang)


def _language(words: Sequence[str]) -> Language:
    """Return the language of this call: asked for, of this computer's settings, of the system."""
    for place, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == "--language":
            chosen = value if equals else next(iter(words[place + 1 : place + 2]), "")
            return language(chosen or system_language())
    return language(settings.load().language or system_language())


def _unexpected(lang: Language) -> int:
    """Log what nobody foresaw and say where."""
    if not LOG.handlers:
        log_to(settings.log_folder())
    LOG.exception("unexpected error")
    files = [getattr(handler, "baseFilename", "") for handler in LOG.handlers]
    where = next(filter(None, files), "")
    text = Message("Something went wrong and nothing was changed. Details: {file}", file=where)
    print(lang.say(text), file=sys.stderr)
    return REFUSED

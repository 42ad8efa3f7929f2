"""The composition root: the window for a bare ``xqhz``, the command line for everything else."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

_VALUED = ("--workspace", "--language", "--passphrase-file")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code (0 done, 1 open findings, 2 usage, 3 refused)."""
    _stand_streams()
    words = list(sys.argv[1:] if argv is None else argv)
    given = _window_options(words)
    if given is None:
        # lazy: the command line loads every library, the window must be painted before that
        from xqhz_desktop.cli.run import run

        answer = run(words)
        if isinstance(answer, int):
            return answer
        return _window(answer.folder, answer.language)
    folder = given.get("--workspace") or os.environ.get("XQHZ_WORKSPACE", "")
    return _window(Path(folder) if folder else None, given.get("--language", ""))


def _window(folder: Path | None, language: str) -> int:
    from xqhz_desktop.ui.start import start  # lazy: commands run where there is no Qt

    return start(folder, language)


def _window_options(words: Sequence[str]) -> dict[str, str] | None:
    """Return the options of a call that opens the window, None for any other call."""
    given: dict[str, str] = {}
    rest = list(words)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name not in _VALUED or (not equals and not rest):
            return None
        given[name] = value if equals else rest.pop(0)
    ours = given.get("--language", "en") in ("zh_CN", "en")
    return given if ours and "--passphrase-file" not in given else None


def _stand_streams() -> None:
    """Give the program streams where a windowed build has none, and UTF-8 where they are not."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

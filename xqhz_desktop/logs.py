"""The log: one rotating file a workspace, with personal numbers blacked out."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

LOG = logging.getLogger("xqhz")
LOG.addHandler(logging.NullHandler())  # else Python prints tracebacks before there is a log

_PERSONAL = re.compile(r"(?<![0-9A-Za-z])(\d{3})\d{5,14}([0-9Xx]{2})(?![0-9A-Za-z])")


_FULL, _KEPT = 1_000_000, 3
"""Bytes after which the log begins a new file, and how many old ones stay."""


class _Rotating(logging.FileHandler):
    """Writes on in a new file when one is full; that of the library loads sockets and more."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        if self.stream and self.stream.tell() >= _FULL:
            self.stream.close()
            _put_away(Path(self.baseFilename))
            self.stream = self._open()
        super().emit(record)


def _put_away(full: Path) -> None:
    names = [full, *(full.with_name(f"{full.name}.{n + 1}") for n in range(_KEPT))]
    with suppress(OSError):  # somebody reads it: the file grows on until they stop
        for newer, older in reversed([*pairwise(names)]):
            if newer.exists():
                newer.replace(older)


class _Redacted(logging.Formatter):
    """Writes a line without the middle of any ID, phone or account number."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the formatted line, numbers of eight digits and more masked."""
        return _PERSONAL.sub(r"\1****\2", super().format(record))


def log_to(folder: Path) -> Path | None:
    """Send the log to ``folder``/xqhz.log; return the file, or None where it cannot be written."""
    target = folder / "xqhz.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _Rotating(target, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_Redacted("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for old in list(LOG.handlers):
        LOG.removeHandler(old)
        old.close()
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    return target

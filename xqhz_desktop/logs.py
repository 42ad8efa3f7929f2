"""The log: one rotating file a workspace, with personal numbers blacked out."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG = logging.getLogger("xqhz")
LOG.addHandler(logging.NullHandler())  # else Python prints tracebacks before there is a log

_PERSONAL = re.compile(r"(?<![0-9A-Za-z])(\d{3})\d{5,14}([0-9Xx]{2})(?![0-9A-Za-z])")


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
        handler = RotatingFileHandler(target, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_Redacted("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for old in list(LOG.handlers):
        LOG.removeHandler(old)
        old.close()
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    return target

"""PDFium knows one thread at a time: whoever calls it holds its lock."""

from __future__ import annotations

import threading

PDFIUM = threading.Lock()
"""Held while papers are drawn in the window, and while a page of a scan is read."""

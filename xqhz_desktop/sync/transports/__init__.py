"""Ways packages travel: a folder or stick, and the central server."""

from __future__ import annotations

from xqhz_desktop.sync.transports.folder import Folder
from xqhz_desktop.sync.transports.web import Web

TRANSPORTS = (Folder, Web)
"""All ways, in the order they are offered."""

"""Ways packages travel: a folder or stick, the central server, a folder on a WebDAV server."""

from __future__ import annotations

from xqhz_desktop.sync.transports.dav import Dav
from xqhz_desktop.sync.transports.folder import Folder
from xqhz_desktop.sync.transports.web import Web

TRANSPORTS = (Folder, Web, Dav)
"""All ways, in the order they are offered."""

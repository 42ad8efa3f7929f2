"""Short documents only this server can have made: cookies, challenges and tokens."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from typing import Any


def signed(secret: bytes, content: dict[str, Any]) -> str:
    """Return a short document that only this server can have made. `until`: seconds since 1970."""
    body = base64.urlsafe_b64encode(json.dumps(content).encode()).decode()
    return f"{body}.{_seal(secret, body)}"


def opened(secret: bytes, text: str) -> dict[str, Any] | None:
    """Return the content of a signed document, or None if it is not ours or has ended."""
    body, _dot, seal = text.partition(".")
    if not hmac.compare_digest(_seal(secret, body).encode(), seal.encode()):
        return None
    try:
        content = json.loads(base64.urlsafe_b64decode(body))
    except (ValueError, binascii.Error):
        return None
    return content if content.get("until", 0) >= time.time() else None


def _seal(secret: bytes, body: str) -> str:
    return hmac.new(secret, body.encode(), hashlib.sha256).hexdigest()

"""Findings as JSON and back: values keep their type, texts stay untranslated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from xqhz_desktop.compliance.judging import Finding, State
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage.verdicts import Verdict


def verdict(placement: str, one: Finding) -> Verdict:
    """Return a finding as the database keeps it."""
    body: dict[str, Any] = {"pack": one.pack}
    if one.values:
        body["values"] = written(one.values)
    for name in ("missing", "words"):
        if some := getattr(one, name):
            body[name] = list(some)
    if one.filing:
        body["filing"] = one.filing
    told = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Verdict(placement, one.rule, one.severity, one.state.name, told)


def finding(kept: Verdict) -> Finding:
    """Return a finding from what the database keeps."""
    body = json.loads(kept.body)
    return Finding(
        kept.rule,
        kept.severity,
        State[kept.state],
        {name: _read(one) for name, one in body.get("values", {}).items()},
        tuple(body.get("missing", ())),
        tuple(body.get("words", ())),
        body.get("filing", ""),
        body["pack"],
    )


def written(value: Any) -> Any:
    """Return a value as JSON has it; dates, amounts and texts are marked."""
    match value:
        case Mapping():
            return {name: written(one) for name, one in value.items()}
        case list() | tuple():
            return [written(one) for one in value]
        case date():
            return {"day": value.isoformat()}
        case Decimal() | float():
            return {"amount": str(value)}
        case Message():
            return {"said": value.msgid}
        case Enum():
            return {"said": value.value}
    return value


def _read(value: Any) -> Any:
    match value:
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"amount": str(text)}:
            return Decimal(text)
        case {"said": str(text)}:
            return Message(text)
        case list():
            return [_read(one) for one in value]
    return value

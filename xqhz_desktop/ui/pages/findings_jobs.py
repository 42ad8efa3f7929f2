"""What the findings page lets run elsewhere: looking, explaining, keeping, writing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from xqhz_desktop.domain.ruling import ComplianceSheet, RulePack
from xqhz_desktop.i18n import NN_, Language, Message
from xqhz_desktop.services import (
    checking,
    checking_answers,
    checking_explained,
    checking_sheets,
    checking_views,
    rule_packs,
)
from xqhz_desktop.services.checking_views import Overview, Row, Rule
from xqhz_desktop.services.rule_packs import Difference
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.pages.findings_pane import Explained
from xqhz_desktop.ui.tasks import Progress


def look(work: Work, batch: str, words: str, whole: bool, progress: Progress) -> Overview:
    """Check what changed, and return what stands."""
    checking.refresh(work, date.today(), progress, whole=whole)
    return checking_views.look(work, batch, words)


def explain(work: Work, rule: Rule, row: Row, lang: Language, _progress: Progress) -> Explained:
    """Read what one finding rests on."""
    log = checking_explained.history(work, row.person.id, rule.entry.id)
    with work.store.read() as reader:
        names = reader.names("staff", {one.by for one in log if one.by})
    return Explained(
        rule,
        row,
        checking_explained.used(work, row, rule, lang),
        checking_explained.radar(work, row),
        log,
        [names.get(one.by, "") for one in log],
    )


def reason(
    work: Work, rule: Rule, rows: Sequence[Row], said: tuple[str, Language], _progress: Progress
) -> int:
    """Keep a reason, given with the language of the window."""
    return checking_answers.reason(work, rule, rows, *said)


def filing(work: Work, rule: Rule, rows: Sequence[Row], lang: Language, _progress: Progress) -> str:
    """Begin a filing and return its id."""
    return checking_answers.begin_filing(work, rule, rows, lang)


def answer(work: Work, row: Row, applies: bool, _progress: Progress) -> int:
    """Remember whether work is restricted."""
    return checking_answers.answer_work(work, row, applies=applies)


def export(found: Overview, file: Path, lang: Language, _progress: Progress) -> int:
    """Write all findings into a sheet; return how many."""
    return checking_sheets.write(found, file, lang)


def freeze(work: Work, found: Overview, batch: str, lang: Language, _progress: Progress) -> Message:
    """Freeze what stands; return what is different from the sheet before."""
    before = checking_sheets.newest(work, batch)
    name = lang.say(Message("Compliance check {day}", day=date.today()))
    checking_sheets.freeze(work, found, batch, name)
    return _since(before, found)


def _since(before: ComplianceSheet | None, found: Overview) -> Message:
    if before is None:
        n = sum(len(one.rows) for one in found.rules)
        return Message(NN_("Frozen: {n} finding", "Frozen: {n} findings"), n=n)
    changed = checking_sheets.compare(before, found)
    return Message(
        "Frozen. Since {day}: {came} new, {settled} settled, {other} with other facts.",
        day=before.taken_on,
        came=len(changed.came),
        settled=len(changed.settled),
        other=len(changed.other),
    )


def read_pack(file: Path, _progress: Progress) -> tuple[RulePack, list[Difference]]:
    """Try the pack in a file; return a draft of it and what it changes."""
    return rule_packs.tried(file)


def adopt(work: Work, draft: RulePack, _progress: Progress) -> Message:
    """Let a pack count from today on."""
    rule_packs.adopt(work, draft, date.today())
    return Message("Rule pack in use: {name} {version}", name=draft.name, version=draft.version)

"""One form of an authority before it leaves: what would come back, row by row, and two ways out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services.adapting import Finding, Hit, Submission
from xqhz_desktop.spreadsheets.adapters import Adapter
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.told import ToldTable


class SubmissionPane(QWidget):
    """Shows what is wrong with a form filled in; a double click on a row opens its record."""

    batch_chosen = Signal()
    """Another batch is to be reported."""
    record_wanted = Signal(str, str)
    """Kind and id of the record something is to be filled in."""
    write_wanted = Signal(bool)
    """Write the form: only the good rows, or all."""

    def __init__(self, languages: Languages, *, locked: bool) -> None:
        """Show nothing yet; `locked`: the workspace is encrypted, and a sheet is not."""
        super().__init__()
        self._languages = languages
        self.submission: Submission | None = None
        self.batches = QComboBox()
        self._name, self._about = words("heading", wrap=True), words("body2", wrap=True)
        self._proof, self._sum = words("label", wrap=True), words("label", wrap=True)
        self.findings = ToldTable(_FINDINGS, languages)
        self.hits = ToldTable(_HITS, languages)
        self._whole = words("small", wrap=True)
        self.good, self.all = Button("download", "primary"), Button("download")
        self._fine = Empty(languages, "circle-check")
        self._locked = locked
        self._stand()
        self._speak()
        self.findings.picked.connect(self._on_finding)
        self.hits.opened.connect(self._on_hit)
        self.batches.activated.connect(self._on_batch)
        self.good.clicked.connect(self._on_good)
        self.all.clicked.connect(self._on_all)

    @property
    def batch(self) -> str:
        """Return the id of the batch to report, "" for all."""
        return str(self.batches.currentData() or "")

    def show_batches(self, batches: Sequence[PlacementBatch], wanted: str | None = None) -> None:
        """Offer batches; the one in force stays, unless another one is wanted."""
        kept = self.batch if wanted is None else wanted
        self.batches.clear()
        self.batches.addItem(self._languages.say(N_("All batches")), "")
        for one in batches:
            self.batches.addItem(one.name, one.id)
        self.batches.setCurrentIndex(max(0, self.batches.findData(kept)))

    def wait(self, adapter: Adapter) -> None:
        """Say which form is being filled in."""
        bind = self._languages.bind
        bind(self._name, self._name.setText, adapter.name)
        bind(self._about, self._about.setText, adapter.about)
        bind(self._proof, self._proof.setText, adapter.proof)
        bind(self._sum, self._sum.setText, N_("Checking …"))
        self.batches.setVisible(adapter.kind == "placement")
        self.submission = None
        self._offer()

    def show_submission(self, found: Submission) -> None:
        """Show a form filled in and what is wrong with it."""
        self.submission = found
        self.findings.show_rows(found.findings, 0)
        self._on_finding()
        bind = self._languages.bind
        rows = Message(NN_("{n} row", "{n} rows"), n=len(found.lines))
        said = Message(
            "{rows}, {refused} would be refused | {state}",
            rows=rows, refused=found.refused, state=found.adapter.state,
        )  # fmt: skip
        bind(self._sum, self._sum.setText, said if found.adapter.kind else found.adapter.state)
        if found.adapter.kind:
            self._fine.say(N_("Nothing would be refused"), N_("Compare with the original once."))
        else:
            hint = N_("It has the right columns and text cells; fill it in by hand for now.")
            self._fine.say(N_("An empty form"), hint)
        self._offer()

    def _offer(self) -> None:
        """Offer what can be written now."""
        found = self.submission
        total = len(found.lines) if found else 0
        good = total - (found.refused if found else 0)
        bind = self._languages.bind
        text = Message(NN_("Export the good row", "Export the {n} good rows"), n=good)
        bind(self.good, self.good.setText, text)
        empty = found is not None and not found.adapter.kind
        whole = N_("Export the empty form") if empty else Message("Export all {n} rows", n=total)
        bind(self.all, self.all.setText, whole)
        self.good.setVisible(found is not None and 0 < good < total)
        self.all.setEnabled(found is not None and (total > 0 or empty))
        wrong = found is not None and bool(found.findings)
        self._tables.setVisible(wrong)
        self._fine.setVisible(found is not None and not wrong)

    def _on_finding(self) -> None:
        chosen: list[Finding] = self.findings.chosen()
        hits = chosen[0].hits if chosen else ()
        self.hits.show_rows(hits)
        self._hit_card.setVisible(bool(hits))

    def _on_hit(self) -> None:
        for hit in self.hits.chosen():
            self.record_wanted.emit(hit.kind, hit.id)

    def _on_batch(self, _place: int) -> None:
        self.batch_chosen.emit()

    def _on_good(self) -> None:
        self.write_wanted.emit(True)

    def _on_all(self) -> None:
        self.write_wanted.emit(False)

    def _stand(self) -> None:
        self.batches.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        about = Card(gap=6)
        for part in (self._name, self._about, self._proof):
            about.body.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._sum, 1)
        row.addWidget(self.batches)
        self._tables = QWidget()
        tables = QHBoxLayout(self._tables)
        tables.setContentsMargins(0, 0, 0, 0)
        tables.setSpacing(GAP)
        found, self._hit_card = Card(0, 0), Card(0, 0)
        for card, table in ((found, self.findings), (self._hit_card, self.hits)):
            card.body.setContentsMargins(1, 1, 1, 8)
            card.body.addWidget(table)
        tables.addWidget(found, 1)
        tables.addWidget(self._hit_card, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.all)
        foot.addWidget(self.good)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(about)
        column.addLayout(row)
        column.addWidget(self._tables, 1)
        column.addWidget(self._fine, 1)
        column.addWidget(self._whole)
        column.addLayout(foot)
        self._offer()

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self.batches, self.batches.setAccessibleName, N_("Batch"))
        bind(self.findings, self.findings.setAccessibleName, N_("What would come back"))
        bind(self.hits, self.hits.setAccessibleName, N_("Rows it is wrong in"))
        text = N_("Numbers are written in full. The export stands in the change history.")
        locked = N_(
            "Numbers are written in full, and the file is not encrypted: delete it once it is "
            "uploaded. The export stands in the change history."
        )
        bind(self._whole, self._whole.setText, locked if self._locked else text)


def _wrong(finding: Finding, lang: Language) -> Said:
    return Said(finding.column, lang.say(finding.message), ink="ink2")


def _count(finding: Finding, lang: Language) -> Said:
    severity = N_("would be refused") if finding.refuse else N_("worth a look")
    rows = Message(NN_("{n} row", "{n} rows"), n=len(finding.hits))
    said = lang.say(rows if finding.hits else N_("whole column"))
    return Said(said, lang.say(severity), ink="bad" if finding.refuse else "warn")


def _person(hit: Hit, lang: Language) -> Said:
    return Said(hit.person, lang.say(hit.advice) if hit.advice else "")


def _row(hit: Hit, lang: Language) -> Said:
    return Said(lang.say(Message("Row {n}", n=str(hit.row))))


_FINDINGS = (Told(N_("What is wrong"), _wrong, 180), Told(N_("Where"), _count, 120))
_HITS = (Told(N_("What to do (double-click opens it)"), _person, 180), Told(N_("Row"), _row, 84))

"""A package before it is taken in: who, when, what it would do, and what to leave out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.syncing import Counts, Preview
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.exchange import touched_columns
from xqhz_desktop.ui.models.sizes import size
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, clear, line, words
from xqhz_desktop.ui.widgets.changes import when
from xqhz_desktop.ui.widgets.package_matrix import PackageMatrix
from xqhz_desktop.ui.widgets.pill import Pill
from xqhz_desktop.ui.widgets.told import ToldTable


class PackageCard(Card):
    """Shows one package; nothing is written until `take_wanted`."""

    take_wanted = Signal()
    left = Signal()
    """The package is put away."""
    choices_changed = Signal()
    """Other kinds or copies are left out now; the numbers have to be counted anew."""

    def __init__(self, languages: Languages) -> None:
        """Make it hidden."""
        super().__init__(padding=0, gap=0)
        self.file: Path | None = None
        self.left_out: set[str] = set()
        self._languages = languages
        self._title, self._file, self._size = words("section"), Elided(), words("small")
        self._pill, self._note = Pill("good"), Elided("small")
        self._facts = QVBoxLayout()
        self.matrix = PackageMatrix(languages)
        self._told, self._hint = words("body2", wrap=True), words("small", wrap=True)
        self.take_button, self.leave_button = Button(kind="primary"), Button()
        self._backup = words("small")
        self.records = ToldTable(touched_columns(), languages)
        self._counted: dict[str, Counts] = {}
        self._body = QWidget()
        self._stand()
        self._speak()
        self.take_button.clicked.connect(self.take_wanted)
        self.leave_button.clicked.connect(self.left)
        self.matrix.ticked.connect(self._on_ticked)
        self.hide()

    @property
    def told(self) -> str:
        """Return what is said about the package: that it is sound, or why it is refused."""
        return (self._told if self._pill.isHidden() else self._pill).text()

    def show_file(self, file: Path) -> None:
        """Show that a package is being looked at."""
        self.file, self.left_out, self._counted = file, set(), {}
        self._file.setText(file.name)
        bind = self._languages.bind
        bytes_ = file.stat().st_size if file.is_file() else 0
        bind(self._size, self._size.setText, size(bytes_) if bytes_ else "")
        bind(self._note, self._note.setText, "")
        bind(self._told, self._told.setText, N_("Looking into the package …"))
        self._told.show()
        self._pill.hide()
        self._body.hide()
        self.records.hide()
        self.show()

    def show_refusal(self, why: Message) -> None:
        """Say why a package is not taken in, and nothing else."""
        self._languages.bind(self._told, self._told.setText, why)
        self._told.show()
        self._pill.hide()
        self._body.hide()
        self.records.hide()

    def show_preview(self, preview: Preview) -> None:
        """Show what taking it in would do."""
        bind = self._languages.bind
        if preview.taken_in is not None:
            self.show_refusal(Message("Taken in already: {when}", when=when(preview.taken_in)))
            return
        if not preview.groups:
            self.show_refusal(Message("Everything in this package is here already."))
            return
        self._told.hide()
        bind(self._pill, self._pill.setText, N_("Signature good, contents whole"))
        bind(self._note, self._note.setText, N_("Only looked at: nothing is written yet"))
        self._pill.show()
        if not self.left_out:
            self._counted = dict(preview.kinds)
        bind(self._hint, self._hint.setText, _RETURNED if preview.returned else _LEFT_OUT)
        self._say_facts(preview)
        self.matrix.show_kinds(self._counted, preview, self.left_out)
        self._body.show()
        self.records.show()
        self.records.show_rows(preview.records)
        self.take_button.setEnabled(True)

    def wait(self) -> None:
        """Let nothing be pressed while the package is taken in."""
        self.take_button.setEnabled(False)

    def _say_facts(self, preview: Preview) -> None:
        clear(self._facts)
        people = list(dict.fromkeys(name for one in preview.groups for name in one.people if name))
        self._fact("user", Message("{names}", names=people or ["—"]), "section")
        self._fact("laptop", Message("{device}", device=preview.sender or "—"))
        if preview.made:
            self._fact("clock", Message("written {when}", when=when(preview.made)))
        count = sum(one.changes for one in preview.groups)
        text = NN_("{n} change, {first} to {last}", "{n} changes, {first} to {last}")
        first = min(one.first for one in preview.groups)
        last = max(one.last for one in preview.groups)
        said = Message(text, n=count, first=when(first), last=when(last))
        self._fact("package", said)
        if preview.waits:
            self._fact(
                "info",
                Message(NN_("{n} change would wait", "{n} changes would wait"), n=preview.waits),
            )
        else:
            self._fact("link", N_("continues what is here"))
        if preview.refused:
            text = NN_("{n} record is refused, see below", "{n} records are refused, see below")
            self._fact("triangle-alert", Message(text, n=preview.refused))
        if preview.set_aside:
            text = NN_("{n} change would be set aside", "{n} changes would be set aside")
            self._fact("triangle-alert", Message(text, n=preview.set_aside))

    def _fact(self, icon: str, text: str | Message, role: str = "label") -> None:
        said = Elided(role)
        self._languages.bind(said, said.setText, text)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, "ink3", 15))
        row.addWidget(said, 1)
        self._facts.addLayout(row)

    def _on_ticked(self, key: str, on: bool) -> None:
        self.left_out = self.left_out - {key} if on else self.left_out | {key}
        self.take_button.setEnabled(False)
        self.choices_changed.emit()

    def _stand(self) -> None:
        self._told.setContentsMargins(16, 16, 16, 20)
        self.body.addLayout(self._headline())
        self.body.addWidget(line())
        self.body.addWidget(self._told)
        self._fill_body()
        self.body.addWidget(self._body)
        self.body.addWidget(self.records, 1)
        self.body.addStretch(0)
        self.body.setContentsMargins(1, 0, 1, 8)

    def _headline(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 10)
        head.setSpacing(10)
        head.addWidget(IconLabel("package", "accent_ink", 18))
        head.addWidget(self._title)
        head.addWidget(self._file, 2)
        head.addWidget(self._size)
        head.addWidget(self._pill)
        head.addWidget(self._note, 2)
        head.addWidget(self.leave_button)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return head

    def _fill_body(self) -> None:
        """Put who and when at the left, the matrix in the middle, what to do at the right."""
        self._facts.setSpacing(6)
        facts = QWidget()
        facts.setFixedWidth(264)
        left = QVBoxLayout(facts)
        left.setContentsMargins(0, 0, 0, 0)
        left.addLayout(self._facts)
        left.addStretch(1)
        doing = QVBoxLayout()
        doing.setSpacing(8)
        for part in (self.take_button, self._backup, self._hint):
            doing.addWidget(part)
        doing.addStretch(1)
        self._hint.setFixedWidth(200)
        body = QHBoxLayout(self._body)
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(16)
        body.addWidget(facts)
        body.addWidget(line("v"))
        body.addWidget(self.matrix, 1)
        body.addWidget(line("v"))
        body.addLayout(doing)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._title, self._title.setText, N_("Package received"))
        bind(self.take_button, self.take_button.setText, N_("Take in this package"))
        bind(self.leave_button, self.leave_button.setText, N_("Put it away"))
        bind(self._backup, self._backup.setText, N_("A backup is made before"))
        bind(self.records, self.records.setAccessibleName, N_("What happens to which record"))


_LEFT_OUT = N_(
    "What has no tick waits here, and what builds on it too. Let it in later under “Waiting”."
)
_RETURNED = N_(
    "What has no tick is refused. Where the school changed the same meanwhile, both values are "
    "kept as a conflict."
)

"""What is said below a position when students do not fit there, with the ways out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from xqhz_desktop.compliance import library
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.offers import Candidate, Trial
from xqhz_desktop.services.quotas import Meter
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import IconLabel, words

_MARGIN = 8


@dataclass(frozen=True)
class Trouble:
    """Why students do not simply go there. `young` ones cannot go at all."""

    trial: Trial
    young: tuple[Candidate, ...] = ()

    @property
    def fewer(self) -> int:
        """Return how many can go without more ado."""
        others = self.trial.students - len(self.young)
        return others if self.young else self.trial.fitting


class CapNotice(QWidget):
    """An amber box; with students who are too young it is red and takes no reason."""

    fewer = Signal()
    reasoned = Signal(str)
    cancelled = Signal()

    def __init__(self, languages: Languages, trouble: Trouble) -> None:
        """Say what is wrong and offer the ways out."""
        super().__init__()
        self._languages, self._trouble = languages, trouble
        self._bad = bool(trouble.young)
        self.fewer_button = Button(kind="primary")
        self.reason_button, self.cancel_button = Button(), Button(kind="quiet")
        self.reason = QLineEdit()
        self.put_button = Button(kind="primary")
        self._titles: list[QLabel] = []
        self._basis = words("small", wrap=True)
        self._stand()
        self._say()
        self.fewer_button.clicked.connect(self.fewer)
        self.reason_button.clicked.connect(self._on_reason)
        self.put_button.clicked.connect(self._on_put)
        self.reason.returnPressed.connect(self._on_put)
        self.reason.textChanged.connect(self._on_text)
        self.cancel_button.clicked.connect(self.cancelled)

    def start(self) -> None:
        """Put the keyboard on the first way out."""
        first = self.fewer_button if self._trouble.fewer else self.reason_button
        (first if not first.isHidden() else self.cancel_button).setFocus()

    def give(self, reason: str) -> None:
        """Open the line for the reason with what was typed there before."""
        if not self._bad and not self.reason.text():
            self._on_reason()
            self.reason.setText(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        now = tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(now.card))
        rim = QColor(now.bad if self._bad else now.warn)
        rim.setAlpha(110)
        painter.setPen(QPen(rim, 1))
        painter.setBrush(QColor(now.bad_soft if self._bad else now.warn_soft))
        box = QRectF(self.rect()).adjusted(_MARGIN + 0.5, 4.5, -_MARGIN - 0.5, -6.5)
        painter.drawRoundedRect(box, 8, 8)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        now = tokens()
        for label in self._titles:
            label.setStyleSheet(f"color: {now.bad if self._bad else now.warn}")

    def _stand(self) -> None:
        tint = "bad" if self._bad else "warn"
        said = QVBoxLayout()
        said.setSpacing(2)
        for text in findings(self._trouble):
            label = words("section", wrap=True)
            self._titles.append(label)
            self._languages.bind(label, label.setText, text)
            said.addWidget(label)
        said.addWidget(self._basis)
        self._exits = QHBoxLayout()
        self._exits.setContentsMargins(0, 6, 0, 0)
        self._exits.setSpacing(8)
        for button in (self.fewer_button, self.reason_button):
            self._exits.addWidget(button)
        self._exits.addWidget(self.reason, 1)
        self._exits.addWidget(self.put_button)
        self._exits.addStretch(0)
        self._exits.addWidget(self.cancel_button)
        escape = words("keys")
        escape.setText("Esc")
        self._exits.addWidget(escape, 0, Qt.AlignmentFlag.AlignVCenter)
        said.addLayout(self._exits)
        self._exits.insertStretch(2, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN + 16, 14, _MARGIN + 12, 16)
        row.setSpacing(12)
        row.addWidget(IconLabel("triangle-alert", tint, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        self._tint()
        self.reason.hide()
        self.put_button.hide()
        self.fewer_button.setVisible(self._trouble.fewer > 0)
        self.reason_button.setVisible(not self._bad)

    def _say(self) -> None:
        bind, n = self._languages.bind, self._trouble.trial.students
        fewer = NN_("Place only {n}", "Place only {n}")
        if self._bad:
            fewer = NN_("Place the other one", "Place the other {n}")
        bind(
            self.fewer_button,
            self.fewer_button.setText,
            Message(fewer, n=self._trouble.fewer),
        )
        reason = Message(NN_("Give a reason, place {n}", "Give a reason, place {n}"), n=n)
        bind(self.reason_button, self.reason_button.setText, reason)
        put = Message(NN_("Place {n}", "Place {n}"), n=n)
        bind(self.put_button, self.put_button.setText, put)
        bind(self.cancel_button, self.cancel_button.setText, N_("Cancel"))
        hint = N_("Why this is right here, in one sentence")
        bind(self.reason, self.reason.setPlaceholderText, hint)
        bind(self.reason, self.reason.setAccessibleName, N_("Reason"))
        self._languages.changed.connect(self._say_basis)
        self._say_basis()

    def _say_basis(self) -> None:
        self._basis.setText(basis(self._trouble, self._languages))
        self._basis.setVisible(bool(self._basis.text()))

    def _on_reason(self) -> None:
        self.fewer_button.hide()
        self.reason_button.hide()
        self.reason.show()
        self.put_button.show()
        self.put_button.setEnabled(False)
        self.reason.setFocus()

    def _on_text(self, text: str) -> None:
        self.put_button.setEnabled(bool(text.strip()))

    def _on_put(self) -> None:
        if text := self.reason.text().strip():
            self.reasoned.emit(text)


def findings(trouble: Trouble) -> list[Message]:
    """Return what is wrong, a sentence each: number, day, excess."""
    if trouble.young:
        who = _YOUNG if len(trouble.young) == 1 else _YOUNGER
        limit = library.national().rules["R01"].age
        name = trouble.young[0].student.name
        return [Message(who, n=len(trouble.young), name=name, limit=limit)]
    trial, said = trouble.trial, []
    if trial.post.over:
        said.append(_share(trial.post, trial.students, _POST))
    if trial.unit.over:
        said.append(_share(trial.unit, trial.students, _UNIT))
    if trial.places is not None and trial.taken > trial.places:
        text = NN_(
            "The enterprise offers {places} places here; with {n} more there would be {taken}",
            "The enterprise offers {places} places here; with {n} more there would be {taken}",
        )
        said.append(Message(text, n=trial.students, places=trial.places, taken=trial.taken))
    return said


def basis(trouble: Trouble, languages: Languages) -> str:
    """Return the legal basis with rule and pack, said in the language of the window."""
    rules = [one for one in trouble.trial.beyond if one in library.national().rules]
    if trouble.young:
        rules = ["R01"]
    if not rules:
        return ""
    known = library.national().rules[rules[0]]
    lang = languages.language
    parts = [
        lang.say(Message("Basis: {basis}", basis=known.basis(lang.code))),
        lang.say(Message("rule {rules}", rules=rules)),
        lang.say(
            Message("{pack} rule pack {version}", pack=_pack(), version=library.national().version)
        ),
    ]
    if not known.verified:
        parts.append(lang.say(N_("to be checked against the original")))
    return " | ".join(parts)


_YOUNG = N_("{name} is under {limit} on the first day and cannot take a post internship")
_YOUNGER = N_(
    "{name} and others, {n} students, are under {limit} on the first day "
    "and cannot take a post internship"
)
_POST = N_("With {n} more, {then} of {staff} in this post from {day}: {share}%, {over} over {cap}%")
_UNIT = N_(
    "With {n} more, {then} of {staff} at the enterprise from {day}: {share}%, {over} over {cap}%"
)


def _share(meter: Meter, n: int, text: str) -> Message:
    return Message(
        text,
        n=n,
        then=meter.after,
        staff=meter.staff,
        day=meter.peak,
        share=str(meter.share),  # one decimal, as in the row above
        over=meter.over,
        cap=meter.cap,
    )


_PACKS = {"national": N_("national")}


def _pack() -> Message:
    return Message(_PACKS.get(library.national().name, library.national().name))

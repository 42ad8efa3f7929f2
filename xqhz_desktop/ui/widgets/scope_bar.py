"""Which interns a sheet is about: combo boxes for batch, class and enterprise."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.services.rosters import Offered, Scope
from xqhz_desktop.ui.language import Languages

_WIDE = 256


class ScopeBar(QWidget):
    """`chosen` is emitted with a `Scope` when the user picks; another batch begins anew."""

    chosen = Signal(object)

    def __init__(self, languages: Languages) -> None:
        """Make it empty; `offer` fills it."""
        super().__init__()
        self._languages = languages
        self._offered = Offered((), None)
        self.batch, self.classes, self.hosts = QComboBox(), QComboBox(), QComboBox()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box, least in ((self.batch, 180), (self.classes, 120), (self.hosts, 140)):
            box.setMinimumWidth(least)
            box.setMaximumWidth(_WIDE)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            row.addWidget(box)
        bind = languages.bind
        bind(self.batch, self.batch.setAccessibleName, N_("Batch"))
        bind(self.classes, self.classes.setAccessibleName, N_("Class"))
        bind(self.hosts, self.hosts.setAccessibleName, N_("Enterprise"))
        self.batch.activated.connect(self._on_batch)
        self.classes.activated.connect(self._on_part)
        self.hosts.activated.connect(self._on_part)
        languages.changed.connect(self._on_language)

    @property
    def scope(self) -> Scope:
        """Return what is chosen."""
        boxes = (self.batch, self.classes, self.hosts)
        return Scope(*(box.currentData() or "" for box in boxes))

    def offer(self, offered: Offered, scope: Scope) -> None:
        """Offer what there is, with a scope chosen."""
        self._offered = offered
        batches = [(one.id, one.name) for one in offered.batches]
        _fill(self.batch, batches, offered.batch.id if offered.batch else "")
        say = self._languages.say
        every = ("", say(N_("All classes")))
        _fill(self.classes, [every, *offered.classes], scope.school_class)
        every = ("", say(N_("All enterprises")))
        _fill(self.hosts, [every, *offered.enterprises], scope.enterprise)
        self.setVisible(bool(batches))

    def go_back(self, scope: Scope) -> None:
        """Show a scope again, after the user has chosen to stay there."""
        self.offer(self._offered, scope)
        with QSignalBlocker(self.batch):
            self.batch.setCurrentIndex(self.batch.findData(scope.batch))

    def _on_batch(self, _place: int) -> None:
        self.chosen.emit(Scope(self.batch.currentData() or ""))

    def _on_part(self, _place: int) -> None:
        self.chosen.emit(self.scope)

    def _on_language(self) -> None:
        self.offer(self._offered, self.scope)


def first_scope(offered: Offered, wanted: Scope) -> Scope:
    """Return the scope wanted as far as the batch has it, else that of its first class."""
    if offered.batch is None:
        return Scope("")
    classes = {id for id, _name in offered.classes}
    hosts = {id for id, _name in offered.enterprises}
    known = wanted.batch == offered.batch.id
    host = wanted.enterprise if known and wanted.enterprise in hosts else ""
    room = wanted.school_class if known and wanted.school_class in classes else ""
    if not known and offered.classes:
        room = offered.classes[0][0]
    return Scope(offered.batch.id, room, host)


def _fill(box: QComboBox, items: Sequence[tuple[str, str]], chosen: str) -> None:
    with QSignalBlocker(box):
        box.clear()
        for id, name in items:
            box.addItem(name, id)
        box.setCurrentIndex(max(box.findData(chosen), 0))

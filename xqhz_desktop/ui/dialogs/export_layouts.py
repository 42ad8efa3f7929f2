"""Which saved columns an export begins with, and what can be done with saved columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.layout import ExportLayout
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import layouts
from xqhz_desktop.services.layouts import Chosen
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs import sharing
from xqhz_desktop.ui.dialogs.naming import NameDialog
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button


class LayoutChoice(QWidget):
    """A box with the layouts of a list, and the menu beside it."""

    picked = Signal(object)
    """The `ExportLayout` the user chose; None: what the list shows."""

    def __init__(self, context: Context, kind: str, now: Callable[[], Chosen]) -> None:
        """Offer the layouts of a kind; `now` tells what stands in the dialog."""
        super().__init__()
        self._context, self._kind, self._now = context, kind, now
        self.some: list[ExportLayout] = []
        self.box, self.more = QComboBox(), Button("ellipsis", "tool")
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 1)
        row.addWidget(self.more)
        bind = context.languages.bind
        bind(self.box, self.box.setAccessibleName, N_("Layout"))
        bind(self.more, self.more.name, N_("Save and share layouts"))
        self.box.activated.connect(self._on_activated)
        self.more.clicked.connect(self._on_more)
        self.show_some(layouts.named(context.work, kind))
        if self.some and self.some[0].usual:
            self.box.setCurrentIndex(1)

    @property
    def current(self) -> ExportLayout | None:
        """Return the layout in the box; None where that is what the list shows."""
        place = self.box.currentIndex() - 1
        return self.some[place] if 0 <= place < len(self.some) else None

    def show_some(self, some: list[ExportLayout], name: str = "") -> None:
        """Show layouts, and choose one by name."""
        self.some = some
        say = self._context.languages.say
        self.box.clear()
        self.box.addItem(say(N_("As the list shows")))
        self.box.addItems([one.name for one in some])
        names = [one.name for one in some]
        self.box.setCurrentIndex(names.index(name) + 1 if name in names else 0)

    def menu(self) -> QMenu:
        """Return the menu: saving, the layout in the box, and files."""
        say = self._context.languages.say
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        writable, one = not self._context.work.read_only, self.current
        menu.addAction(say(N_("Save as a layout …")), self.ask_name).setEnabled(writable)
        if one is not None:
            text = Message("Save the changes of “{name}”", name=one.name)
            menu.addAction(say(text), partial(self.keep, one.name)).setEnabled(writable)
            menu.addAction(say(N_("Rename …")), self.ask_rename).setEnabled(writable)
            menu.addAction(say(N_("Remove")), self.drop).setEnabled(writable)
            first = menu.addAction(say(N_("Begin exports with it")), self.toggle_usual)
            first.setCheckable(True)
            first.setChecked(one.usual)
            first.setEnabled(writable)
        menu.addSeparator()
        writing = menu.addAction(say(N_("Save layouts to a file …")), self._on_write)
        writing.setEnabled(bool(self.some))
        reading = menu.addAction(say(N_("Read layouts from a file …")), self._on_read)
        reading.setEnabled(writable)
        return menu

    def ask_name(self) -> None:
        """Ask what the columns of now are to be called."""
        self._ask(N_("Name of the layout"), "", self.keep)

    def ask_rename(self) -> None:
        """Ask for another name of the layout in the box."""
        if self.current:
            self._ask(N_("New name of the layout"), self.current.name, self.rename)

    def keep(self, name: str) -> None:
        """Keep the columns of now under a name."""
        job = partial(layouts.keep, self._context.work, self._kind, name, self._now())
        self._do(job, name, Message("Layout saved: {name}", name=name))

    def rename(self, name: str) -> None:
        """Give the layout in the box another name."""
        if self.current:
            self._do(partial(layouts.rename, self._context.work, self.current, name), name)

    def drop(self) -> None:
        """Let go of the layout in the box; what is ticked stays."""
        if self.current:
            said = Message("Layout removed: {name}", name=self.current.name)
            self._do(partial(layouts.drop, self._context.work, self.current), "", said)

    def toggle_usual(self) -> None:
        """Let exports of this list begin with the layout in the box, or not any more."""
        if one := self.current:
            job = partial(layouts.use_first, self._context.work, one, on=not one.usual)
            self._do(job, one.name)

    def write(self, file: str) -> None:
        """Write every layout of the list into a file."""
        job = partial(layouts.write, Path(file), self._kind, tuple(self.some))
        name = self.current.name if self.current else ""
        self._do(job, name, Message("Saved: {name}", name=Path(file).name))

    def read(self, file: str) -> None:
        """Keep the layouts of a file, over those of the same names."""
        self._do(partial(layouts.read, self._context.work, Path(file), self._kind), "")

    def _do(self, job: Callable[[], Any], name: str, said: Message | None = None) -> None:
        """Do something elsewhere, then show the layouts there are, this one chosen."""
        doing = partial(_done, job, self._context, self._kind)
        after = partial(self._after, name, said)
        self._context.tasks.run(self, doing, after, self._context.complain)

    def _after(
        self, name: str, said: Message | None, found: tuple[Any, Sequence[ExportLayout]]
    ) -> None:
        done, some = found
        self.show_some(list(some), name)
        if isinstance(done, int):
            said = Message(NN_("{n} layout read", "{n} layouts read"), n=done)
        if said:
            self._context.say(said)

    def _ask(self, title: str, name: str, then: Callable[[str], object]) -> None:
        NameDialog(self.window(), self._context.languages, title, name, then).open()

    def _on_activated(self, _place: int) -> None:
        self.picked.emit(self.current)

    def _on_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_write(self) -> None:
        say = self._context.languages.say
        name = say(BY_KIND[self._kind].PLURAL)
        sharing.write(self.window(), say(N_("Save layouts to a file …")), name, self.write)

    def _on_read(self) -> None:
        title = self._context.languages.say(N_("Read layouts from a file …"))
        sharing.read(self.window(), title, self.read)


def _done(
    job: Callable[[], Any], context: Context, kind: str, _progress: Progress
) -> tuple[Any, list[ExportLayout]]:
    return job(), layouts.named(context.work, kind)

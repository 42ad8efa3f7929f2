"""Export of a list: which columns, for whom, then where to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.layout import ExportLayout
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import exporting
from xqhz_desktop.services.columns import offered
from xqhz_desktop.services.exporting import Layout
from xqhz_desktop.services.layouts import Chosen
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.adapter_reading import shipped
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.export_layouts import LayoutChoice
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.column_pick import ColumnPick

PURPOSES = (
    ("internal", N_("For the school itself")),
    ("report", N_("To report to the authorities")),
    ("public", N_("To publish: ID and phone numbers covered")),
)


class ExportDialog(QDialog):
    """Writes what the list shows now into a sheet."""

    def __init__(
        self, parent: QWidget, context: Context, query: Query, shown: Sequence[str]
    ) -> None:
        """Offer the columns of the query's kind; those the list shows are ticked."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._query = context, query
        self._entity = BY_KIND[query.kind]
        self.pick = ColumnPick(context.languages)
        self.columns = self.pick.list
        self.layouts = LayoutChoice(context, query.kind, self._now)
        self.totals = QCheckBox()
        self._shown = (self._entity.TITLE, *(n for n in shown if n != self._entity.TITLE))
        self.purposes = [QRadioButton() for _one in PURPOSES]
        self.purposes[0].setChecked(True)
        self.ok, self.cancel = Button("download", "primary"), Button()
        self.forms = Button("table-2", "link")
        self.forms.setVisible(any(one.kind == query.kind for one in shipped()))
        self._label, self._why = words("label"), words("label")
        self._trouble, self._bar = words("error", wrap=True), QProgressBar()
        with context.work.store.read() as reader:
            self.pick.fill(offered(reader, query.kind))
        self._on_layout(self.layouts.current)
        self._stand()
        self._speak()
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.reject)
        self.forms.clicked.connect(self._on_forms)
        self.pick.changed.connect(self._on_ticked)
        self.layouts.picked.connect(self._on_layout)

    def chosen(self) -> tuple[str, ...]:
        """Return the ticked columns in their order."""
        return self.pick.chosen()

    @property
    def purpose(self) -> str:
        """Return what the sheet is for."""
        return next(
            name
            for (name, _text), one in zip(PURPOSES, self.purposes, strict=True)
            if one.isChecked()
        )

    def write(self, path: Path) -> None:
        """Write the sheet."""
        self.ok.setEnabled(False)
        self._bar.show()
        lang = self._context.languages.language
        layout = Layout(self.chosen(), self.purpose, lang, self.totals.isChecked())
        job = partial(_export, self._context.work, self._query, path, layout)
        done = partial(self._on_done, path)
        title = Message("Writing {file}", file=path.name)
        self._context.tasks.run(self, job, done, self._on_failed, title)

    def _stand(self) -> None:
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._trouble.hide()
        for ticked in (self.totals, *self.purposes):
            ticked.setMinimumHeight(24)
        foot = QHBoxLayout()
        foot.addWidget(self.forms)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        for part in (
            self.layouts,
            self._label,
            self.pick,
            self.totals,
            self._why,
            *self.purposes,
            self._bar,
            self._trouble,
        ):
            column.addWidget(part)
        column.addSpacing(4)
        column.addLayout(foot)
        self.setMinimumWidth(520)

    def _speak(self) -> None:
        bind = self._context.languages.bind
        kind = Message(self._entity.PLURAL)
        bind(self, self.setWindowTitle, Message("Export: {kind}", kind=kind))
        bind(self._label, self._label.setText, N_("Columns"))
        bind(self.totals, self.totals.setText, N_("Totals row: how many, and the sums of numbers"))
        bind(self._why, self._why.setText, N_("What it is for"))
        for (_name, text), one in zip(PURPOSES, self.purposes, strict=True):
            bind(one, one.setText, text)
        bind(self.ok, self.ok.setText, N_("Export"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))
        bind(self.forms, self.forms.setText, N_("Templates to report"))

    def _now(self) -> Chosen:
        return Chosen(self.chosen(), self.totals.isChecked())

    def _on_layout(self, layout: ExportLayout | None) -> None:
        """Tick the columns of a layout, or those the list shows."""
        self.pick.choose(layout.names if layout else self._shown)
        self.totals.setChecked(bool(layout and layout.totals))

    def _on_ticked(self) -> None:
        self.ok.setEnabled(bool(self.chosen()))

    def _on_ok(self) -> None:
        say = self._context.languages.say
        dialog = QFileDialog(self, say(N_("Save the sheet")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(say(self._entity.PLURAL) + ".xlsx")
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_forms(self) -> None:
        """Leave for the forms of the authorities, with what the list is filtered by."""
        self.reject()
        self._context.navigate("submissions", self._query)

    def _on_file(self, file: str) -> None:
        self.write(Path(file))

    def _on_done(self, path: Path, rows: int) -> None:
        text = NN_("{n} row written to {name}", "{n} rows written to {name}")
        self._context.say(Message(text, n=rows, name=path.name))
        self.accept()

    def _on_failed(self, error: UserError) -> None:
        self._bar.hide()
        self.ok.setEnabled(True)
        bind = self._context.languages.bind
        bind(self._trouble, self._trouble.setText, error.message)
        self._trouble.show()


def _export(work: Work, query: Query, path: Path, layout: Layout, _progress: Progress) -> int:
    return exporting.export(work, query, path, layout)

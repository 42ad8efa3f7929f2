"""The pages of the window, in the order of the navigation.

A page is a QWidget made with ``View(context)``, or ``View(context, kind)`` when its line names a
kind. It may have these methods, which the shell calls when they are there:

* ``show_query(query)`` – show a list filtered by a ``storage.queries.Query``;
* ``show_record(id)`` – open one record;
* ``take(thing)`` – work on what another page gives it (``context.give``);
* ``may_leave() -> bool`` – False keeps the page in front (unsaved changes, a question is open);
* ``may_close() -> bool`` – False keeps the window open for what the page alone knows;
* ``undo() -> bool`` – take back what is not written yet; False leaves Ctrl+Z to the journal;
* ``add()``, ``find()``, ``refresh()``, ``bring_in()``, ``take_out()``, ``print_out()`` – what
  Ctrl+N, Ctrl+F, F5, Ctrl+I, Ctrl+E and Ctrl+P do.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xqhz_desktop.i18n import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from xqhz_desktop.services.workspace import Work
    from xqhz_desktop.ui.context import Context

WORK, PLACING, SCHOOL, DATA, FOOT, HIDDEN = (
    N_("Work"),
    N_("Internships"),
    N_("School and people"),
    N_("Papers and data"),
    "foot",
    "hidden",
)
"""Groups of the navigation; hidden pages are reached from others and by Ctrl+K."""


@dataclass(frozen=True)
class Page:
    """One line of the navigation. ``view`` is ``module:Class`` below ``ui/pages``.

    The class is named by text because the navigation is painted before the database library,
    which most pages need, has been imported.
    """

    name: str
    title: str
    icon: str
    group: str
    view: str
    kind: str = ""
    passing: bool = False
    """In the navigation only while it has something open."""

    def make(self, context: Context, look: Any = None) -> QWidget:
        """Return the page, made for an open workspace; `look` is what was read for it before."""
        view = self.load()
        made: QWidget = view(context, self.kind, look) if self.kind else view(context)
        return made

    def look(self, work: Work) -> Any:
        """Return what the page will show first, so that it is painted with it; else None."""
        self.load()
        if not self.kind:
            return None
        return importlib.import_module(f"{__name__}.first_look").look(work, self.kind)

    def load(self) -> Any:
        """Return the class of the page; the first call imports its module."""
        module, name = self.view.split(":")
        return getattr(importlib.import_module(f"{__name__}.{module}"), name)


PAGES: tuple[Page, ...] = (
    Page("today", N_("Today"), "layout-dashboard", WORK, "today:TodayPage"),
    Page(
        "enterprise", N_("Enterprise list"), "building-2", WORK, "records:RecordsPage", "enterprise"
    ),
    Page("position", N_("Positions"), "briefcase", WORK, "records:RecordsPage", "position"),
    Page("student", N_("Student roster"), "users", WORK, "records:RecordsPage", "student"),
    Page("findings", N_("Compliance check"), "shield-check", WORK, "findings:FindingsPage"),
    Page("allocation", N_("Allocation"), "user-check", PLACING, "allocation:AllocationPage"),
    Page(
        "preflight",
        N_("Before the start"),
        "shield-check",
        PLACING,
        "preflight:PreflightPage",
    ),
    Page(
        "placement",
        N_("Placement list"),
        "graduation-cap",
        PLACING,
        "records:RecordsPage",
        "placement",
    ),
    Page(
        "attendance_month", N_("Attendance sheet"), "calendar", PLACING, "attendance:AttendancePage"
    ),
    Page("handed_in", N_("Student reports"), "file-text", PLACING, "handed_in:HandedInPage"),
    Page("visits", N_("Placement visits"), "presentation", PLACING, "visits:VisitsPage"),
    Page("pays", N_("Pay of interns"), "table-2", PLACING, "pays:PaysPage"),
    Page(
        "incidents", N_("Incident handling"), "triangle-alert", PLACING, "incidents:IncidentsPage"
    ),
    Page("assessment", N_("Scores and grades"), "star", PLACING, "assessment:AssessmentPage"),
    Page("dossier", N_("Papers and files"), "folder", PLACING, "dossier:DossierPage"),
    Page("scans", N_("File scans"), "upload", HIDDEN, "scans:ScansPage"),
    Page("staff", N_("Teachers"), "presentation", SCHOOL, "records:RecordsPage", "staff"),
    Page("mentor", N_("Workplace mentors"), "wrench", SCHOOL, "records:RecordsPage", "mentor"),
    Page("school_class", N_("Classes"), "school", SCHOOL, "records:RecordsPage", "school_class"),
    Page("reports", N_("Reports"), "chart-column", DATA, "reports:ReportsPage"),
    Page("compare", N_("Compare lists"), "list", DATA, "compare:ComparePage"),
    Page(
        "staging",
        N_("Import check"),
        "upload",
        DATA,
        "staging:StagingPage",
        passing=True,
    ),
    Page("sync", N_("Sync"), "refresh-cw", DATA, "sync:SyncPage"),
    Page(
        "conflicts",
        N_("Conflicts"),
        "git-merge",
        DATA,
        "conflicts:ConflictsPage",
        passing=True,
    ),
    Page("submissions", N_("Templates to report"), "table-2", DATA, "submissions:SubmissionsPage"),
    Page("history", N_("Change history"), "history", DATA, "history:HistoryPage"),
    Page("bin", N_("Recycle bin"), "trash-2", DATA, "bin:BinPage"),
    Page("help", N_("Help"), "circle-help", FOOT, "help:HelpPage"),
    Page("settings", N_("Settings"), "settings", FOOT, "settings:SettingsPage"),
    Page(
        "placement_detail",
        N_("One placement"),
        "graduation-cap",
        HIDDEN,
        "placement_detail:PlacementPage",
    ),
    Page("major", N_("Majors"), "book-open", HIDDEN, "records:RecordsPage", "major"),
    Page("department", N_("Departments"), "network", HIDDEN, "records:RecordsPage", "department"),
    Page(
        "enterprise_contact",
        N_("Contact persons"),
        "contact",
        HIDDEN,
        "records:RecordsPage",
        "enterprise_contact",
    ),
    Page(
        "placement_batch",
        N_("Placement batches"),
        "calendar-range",
        HIDDEN,
        "records:RecordsPage",
        "placement_batch",
    ),
    Page(
        "batch_class",
        N_("Classes of batches"),
        "list",
        HIDDEN,
        "records:RecordsPage",
        "batch_class",
    ),
    *(
        Page(kind, title, icon, HIDDEN, "records:RecordsPage", kind)
        for kind, title, icon in (
            ("decision", N_("Decisions on enterprises"), "presentation"),
            ("decided", N_("Enterprises decided on"), "building-2"),
            ("site_assessment", N_("Site assessments"), "shield-check"),
            ("agreement", N_("Cooperation agreements"), "handshake"),
            ("agreement_party", N_("Further parties"), "handshake"),
            ("non_participant", N_("Non-participants"), "user-x"),
            ("consent", N_("Informed consents"), "file-text"),
            ("application", N_("Requests for own places"), "file-text"),
            ("training", N_("Trainings before the start"), "presentation"),
            ("training_result", N_("Training results"), "presentation"),
            ("filing", N_("Filings"), "folder-open"),
            ("policy", N_("Insurance policies"), "shield-check"),
            ("cover", N_("Insured students"), "shield-check"),
            ("tripartite", N_("Three-party agreements"), "file-text"),
            ("extra_agreement", N_("Extra agreements"), "file-text"),
            ("attendance", N_("Attendance"), "calendar"),
            ("leave", N_("Leaves"), "calendar"),
            ("pay", N_("Payments"), "table-2"),
            ("student_report", N_("Students' reports"), "file-text"),
            ("visit", N_("Visits"), "user-check"),
            ("visit_student", N_("Interns visited"), "user-check"),
            ("incident", N_("Incidents"), "triangle-alert"),
            ("placement_event", N_("Events"), "history"),
            ("score", N_("Assessments"), "star"),
            ("survey", N_("Survey answers"), "list"),
            ("rule_pack", N_("Rule packs"), "book-open"),
            ("finding_answer", N_("Reasons for findings"), "shield-check"),
            ("work_answer", N_("Answers about restricted work"), "shield-check"),
            ("compliance_sheet", N_("Compliance sheets"), "file-text"),
        )
    ),
    Page("surveys", N_("Surveys"), "list", HIDDEN, "surveys:SurveysPage"),
    Page("three_numbers", N_("Three numbers"), "list", HIDDEN, "three_numbers:ThreeNumbersPage"),
    Page("duplicates", N_("Find duplicates"), "git-merge", HIDDEN, "duplicates:DuplicatesPage"),
)

BY_NAME: dict[str, Page] = {page.name: page for page in PAGES}

"""What the generated records pages show: one row of this table a kind."""

from __future__ import annotations

from xqhz_desktop.domain.enterprise import Enterprise, EnterpriseContact, Mentor, Partnership
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.ui.models.columns import Look, column
from xqhz_desktop.ui.pages.listing import Listing, Section
from xqhz_desktop.ui.pages.placement_lists import AROUND
from xqhz_desktop.ui.pages.school_lists import (
    BATCH,
    BATCH_CLASS,
    CLASS,
    DEPARTMENT,
    MAJOR,
    STAFF,
    STUDENT,
)


def _until(row: Row, lang: Language) -> str:
    end = getattr(row.record, "end_date", None)
    return lang.say(Message("until {day}", day=end)) if end else ""


def _interns(row: Row, lang: Language) -> str:
    total = getattr(row.record, "other_interns", None)
    return lang.say(Message("{n} of other schools", n=total)) if total else ""


_ENTERPRISE = Listing(
    Enterprise,
    counted=NN_("{n} enterprise", "{n} enterprises"),
    add=N_("Add enterprise"),
    search=N_("Search name, contact, phone or pinyin initials"),
    hint=N_("Try the short name, the contact or pinyin initials, such as cqlz."),
    columns=(
        column(
            Enterprise,
            "name",
            look=Look.NAME,
            beside=("industry", "region"),
            worth=99,
            label=N_("Enterprise"),
            width=276,
        ),
        column(Enterprise, "status", look=Look.PILL, width=104, worth=90),
        column(Enterprise, "contact", beside=("phone",), width=132, worth=60),
        column(Enterprise, "staff_total", beside=(_interns,), width=112, worth=50),
        column(Enterprise, "nature", beside=("size",), width=132, worth=30),
        column(Enterprise, "uscc", width=184, worth=10),
    ),
    beside=("industry", "region"),
    sections=(
        Section(
            N_("Basic information"),
            ("name", "uscc", "industry", "region", "address", ("contact", "phone")),
        ),
        Section(
            N_("Cooperation details"),
            (("status", "staff_total"), ("staff_as_of", "other_interns"), ("size", "nature")),
        ),
    ),
    chips="status",
    order=tuple(Partnership),
    standing=(N_("{all}, {n} active"), Partnership.ACTIVE),
)

_CONTACT = Listing(
    EnterpriseContact,
    counted=NN_("{n} contact person", "{n} contact persons"),
    add=N_("Add contact person"),
    search=N_("Search name, phone or pinyin initials"),
    hint=N_("Try the phone number or pinyin initials, such as zs."),
    columns=(
        column(EnterpriseContact, "name", look=Look.NAME, beside=("post",), worth=99, width=200),
        column(EnterpriseContact, "enterprise", width=220, worth=80),
        column(EnterpriseContact, "phone", beside=("email",), width=160, worth=60),
        column(EnterpriseContact, "signatory", width=112, worth=40),
    ),
    beside=("enterprise", "post"),
    chips="signatory",
)

_MENTOR = Listing(
    Mentor,
    counted=NN_("{n} mentor", "{n} mentors"),
    add=N_("Add mentor"),
    search=N_("Search name, phone or pinyin initials"),
    hint=N_("Try the phone number or pinyin initials, such as zs."),
    columns=(
        column(Mentor, "name", look=Look.NAME, beside=("post",), worth=99, width=200),
        column(Mentor, "enterprise", width=220, worth=80),
        column(Mentor, "phone", width=132, worth=60),
        column(Mentor, "skill_level", beside=("title",), width=176, worth=50),
    ),
    beside=("enterprise", "post"),
    sections=(
        Section(
            N_("Basic information"),
            ("name", "enterprise", ("post", "title"), "phone", "skill_level", ("since", "until")),
        ),
    ),
    chips="skill_level",
)

_POSITION = Listing(
    Position,
    counted=NN_("{n} position", "{n} positions"),
    add=N_("Add position"),
    search=N_("Search position or pinyin initials"),
    hint=N_("Try one word of the position or its pinyin initials."),
    columns=(
        column(Position, "name", look=Look.NAME, beside=("enterprise",), worth=99, width=240),
        column(Position, "headcount", width=96, worth=80),
        column(Position, "pay", width=104, worth=70),
        column(Position, "hours_per_week", beside=("shift",), width=96, worth=50),
        column(Position, "staff_same_post", width=112, worth=40),
        column(Position, "majors", width=160, worth=30),
    ),
    beside=("enterprise", "enterprise.region"),
    sections=(
        Section(
            N_("Basic information"),
            (
                "name",
                "enterprise",
                ("headcount", "staff_same_post"),
                "majors",
                "region",
                "address",
                "open",
            ),
        ),
        Section(
            N_("Pay and working time"),
            (
                ("pay", "same_post_pay"),
                ("hours_per_day", "hours_per_week"),
                ("shift", "labour_grade"),
                "hazards",
            ),
        ),
    ),
    chips="shift",
)

_PLACEMENT = Listing(
    Placement,
    counted=NN_("{n} placement", "{n} placements"),
    add=N_("Add placement"),
    search=N_("Search student, enterprise or pinyin initials"),
    hint=N_("Try the student, the enterprise or pinyin initials, such as zs."),
    columns=(
        column(
            Placement,
            "student",
            look=Look.NAME,
            worth=99,
            width=200,
            beside=("student.student_no", "student.school_class"),
        ),
        column(Placement, "status", look=Look.PILL, width=168, worth=95),
        column(Placement, "enterprise", beside=("position",), width=208, worth=90),
        column(Placement, "start_date", beside=(_until,), width=128, worth=70),
        column(Placement, "tutor", beside=("mentor",), width=104, worth=40),
        column(Placement, "allowance", width=104, worth=30),
    ),
    beside=("enterprise", "position"),
    sections=(
        Section(N_("Who and where"), ("student", "enterprise", "position", "batch")),
        Section(
            N_("When and how"),
            (
                ("start_date", "end_date"),
                ("status", "organisation"),
                ("arrangement", "major_match"),
                ("tutor", "mentor"),
                ("weekly_hours", "allowance"),
            ),
        ),
    ),
    chips="status",
    order=tuple(PlacementStatus),
    standing=(N_("{all}, {n} on post"), PlacementStatus.RUNNING),
)

LISTINGS: tuple[Listing, ...] = (
    _ENTERPRISE,
    _CONTACT,
    _MENTOR,
    _POSITION,
    STUDENT,
    CLASS,
    MAJOR,
    DEPARTMENT,
    STAFF,
    BATCH,
    BATCH_CLASS,
    _PLACEMENT,
    *AROUND,
)
"""Every list, in the order people meet them."""

"""Enterprises, their people and their place in a group."""

from __future__ import annotations

from datetime import date
from enum import Enum

from xqhz_desktop.domain import identity
from xqhz_desktop.domain.fields import choice, code, day, flag, note, number, ref, table, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class EnterpriseLevel(Enum):
    """Where it stands in a group: group, company, site or workshop."""

    GROUP = N_("Group")
    COMPANY = N_("Company")
    SITE = N_("Site or workshop")


class EnterpriseSize(Enum):
    """Size by the standard of 2011 (工信部联企业〔2011〕300号)."""

    UNKNOWN = N_("not stated")
    LARGE = N_("Large")
    MEDIUM = N_("Medium")
    SMALL = N_("Small")
    MICRO = N_("Micro")


class EnterpriseNature(Enum):
    """Ownership, as forms ask for it."""

    UNKNOWN = N_("not stated")
    STATE = N_("State-owned")
    COLLECTIVE = N_("Collective")
    PRIVATE = N_("Private")
    FOREIGN = N_("Foreign-invested")
    HMT = N_("Hong Kong, Macao or Taiwan invested")
    MIXED = N_("Mixed ownership")
    INSTITUTION = N_("Public institution")
    GOVERNMENT = N_("Government body")
    SOCIAL = N_("Social organisation")
    INDIVIDUAL = N_("Individual business")
    MILITARY = N_("Military")
    OTHER = N_("Other")


class Partnership(Enum):
    """How far the cooperation has come."""

    TALKS = N_("In talks")
    SIGNED = N_("Signed")
    ACTIVE = N_("Active")
    PAUSED = N_("Paused")
    BLACKLISTED = N_("Blacklisted")


class Credit(Enum):
    """What the public registers say of it."""

    UNKNOWN = N_("not looked up")
    CLEAR = N_("Nothing found")
    DISHONEST = N_("On the list of dishonest enterprises")
    ABNORMAL = N_("Listed for abnormal operation")
    SAFETY = N_("Punished for breach of work safety")


@record("enterprise", N_("Enterprise"), N_("Enterprises"), keys=(("uscc",), ("name",)))
class Enterprise(Record):
    """A company, group or site that takes part; keyed by its unified social credit code."""

    name: str = text(N_("Enterprise name"), required=True, search=True)
    uscc: str = code(N_("Credit code"), search=True, check=identity.uscc_problem)
    no_code_reason: str = text(N_("Why there is no code yet"), column=False)
    status: Partnership = choice(N_("Cooperation"), Partnership, default=Partnership.TALKS)
    former_names: str = note(N_("Former names"), search=True)
    short_name: str = text(N_("Short name"), search=True, column=False)
    name_en: str = text(N_("English name"), search=True, column=False)
    level: EnterpriseLevel = choice(
        N_("Level in the group"), EnterpriseLevel, default=EnterpriseLevel.COMPANY, column=False
    )
    parent: str = ref(N_("Belongs to"), "enterprise", column=False)
    industry: str = table(N_("Industry"), "industry")
    region: str = table(N_("Region"), "region", group="place")
    address: str = text(N_("Address"), group="place", column=False)
    size: EnterpriseSize = choice(N_("Size"), EnterpriseSize, default=EnterpriseSize.UNKNOWN)
    nature: EnterpriseNature = choice(
        N_("Nature"), EnterpriseNature, default=EnterpriseNature.UNKNOWN
    )
    legal_representative: str = text(N_("Legal representative"), column=False)
    contact: str = text(N_("Contact"), search=True, group="contact")
    phone: str = code(N_("Phone"), search=True, group="contact", advice=identity.phone_problem)
    staff_total: int | None = number(N_("Staff on post"))
    staff_as_of: date | None = day(N_("Staff counted on"), column=False)
    other_interns: int | None = number(N_("Interns of other schools"), column=False)
    credit: Credit = choice(N_("Public record"), Credit, default=Credit.UNKNOWN, column=False)
    credit_on: date | None = day(N_("Public record of"), column=False)
    paused_reason: str = text(N_("Why paused or blacklisted"), column=False)
    agency: bool = flag(N_("Job agency or dispatch firm"), column=False)
    venue: bool = flag(N_("Commercial entertainment venue"), column=False)
    hospital: str = text(N_("Nearest hospital"), column=False)
    emergency_phone: str = code(N_("Emergency phone"), column=False)
    has_legal_status: bool = flag(N_("Registered by law"), default=True, column=False)
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """An enterprise is not its own parent."""
        if self.parent and self.parent == self.id:
            return {"parent": Message("An enterprise cannot belong to itself.")}
        return {}


@record("enterprise_contact", N_("Contact person"), N_("Contact persons"), seek=("enterprise",))
class EnterpriseContact(Record):
    """A person of the enterprise the school talks to; `signatory` may sign agreements."""

    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True)
    name: str = text(N_("Name"), required=True, search=True, limit=50)
    post: str = text(N_("Post held"))
    phone: str = code(N_("Phone"), search=True, advice=identity.phone_problem)
    email: str = code(N_("E-mail"), column=False)
    signatory: bool = flag(N_("May sign agreements"))
    note: str = note(N_("Note"))


class SkillLevel(Enum):
    """Skill level of a worker, as on the national certificate."""

    NONE = N_("not stated")
    LEVEL5 = N_("Junior worker (level 5)")
    LEVEL4 = N_("Intermediate worker (level 4)")
    LEVEL3 = N_("Senior worker (level 3)")
    LEVEL2 = N_("Technician (level 2)")
    LEVEL1 = N_("Senior technician (level 1)")


@record("mentor", N_("Workplace mentor"), N_("Workplace mentors"), seek=("enterprise",))
class Mentor(Record):
    """A skilled person of the enterprise (师傅) who guides interns from a day to a day."""

    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True)
    name: str = text(N_("Name"), required=True, search=True, limit=50)
    post: str = text(N_("Post held"))
    title: str = text(N_("Professional title"), column=False)
    skill_level: SkillLevel = choice(N_("Skill level"), SkillLevel, default=SkillLevel.NONE)
    phone: str = code(N_("Phone"), search=True, advice=identity.phone_problem)
    since: date | None = day(N_("Mentor since"), group="term")
    until: date | None = day(N_("Mentor until"), group="term")
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """The term ends after it began."""
        if self.since and self.until and self.until < self.since:
            return {"until": Message("The end lies before the start.")}
        return {}

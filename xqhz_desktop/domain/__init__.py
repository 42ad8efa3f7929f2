"""What the school keeps: plain records, standard library only."""

from xqhz_desktop.domain.agreement import Agreement, AgreementParty, ExtraAgreement, Tripartite
from xqhz_desktop.domain.alias import Alias, Apart
from xqhz_desktop.domain.assessment import Score, Survey
from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.domain.attendance import Attendance, Leave, Pay
from xqhz_desktop.domain.enterprise import Enterprise, EnterpriseContact, Mentor
from xqhz_desktop.domain.guidance import (
    Incident,
    PlacementEvent,
    StudentReport,
    Visit,
    VisitStudent,
)
from xqhz_desktop.domain.insurance import Cover, Policy
from xqhz_desktop.domain.layout import ExportLayout
from xqhz_desktop.domain.own import OwnChoice, OwnField, OwnList
from xqhz_desktop.domain.participation import NonParticipant
from xqhz_desktop.domain.placement import BatchClass, Placement, PlacementBatch
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.preparation import (
    Application,
    Consent,
    Decided,
    Decision,
    Filing,
    SiteAssessment,
    Training,
    TrainingResult,
)
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.ruling import ComplianceSheet, FindingAnswer, RulePack, WorkAnswer
from xqhz_desktop.domain.school import Department, Major, School, SchoolClass
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.domain.student import Student

ENTITIES: tuple[type[Record], ...] = (
    School,
    Department,
    Major,
    SchoolClass,
    Staff,
    Student,
    Enterprise,
    EnterpriseContact,
    Mentor,
    Position,
    Decision,
    Decided,
    SiteAssessment,
    Agreement,
    AgreementParty,
    PlacementBatch,
    BatchClass,
    NonParticipant,
    Consent,
    Application,
    Training,
    TrainingResult,
    Filing,
    Policy,
    Cover,
    Placement,
    Tripartite,
    ExtraAgreement,
    Attendance,
    Leave,
    Pay,
    StudentReport,
    Visit,
    VisitStudent,
    Incident,
    PlacementEvent,
    Score,
    Survey,
    RulePack,
    FindingAnswer,
    WorkAnswer,
    ComplianceSheet,
    Alias,
    Apart,
    OwnList,
    OwnChoice,
    OwnField,
    ExportLayout,
    Attachment,
)
"""Every kind of record, parents before children."""

BY_KIND: dict[str, type[Record]] = {entity.KIND: entity for entity in ENTITIES}
"""Kinds of records by the name scripts see."""

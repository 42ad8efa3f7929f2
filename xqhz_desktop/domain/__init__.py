"""What the school keeps: plain records, standard library only."""

from xqhz_desktop.domain.alias import Alias, Apart
from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.domain.enterprise import Enterprise, EnterpriseContact, Mentor
from xqhz_desktop.domain.layout import ExportLayout
from xqhz_desktop.domain.own import OwnChoice, OwnField, OwnList
from xqhz_desktop.domain.placement import BatchClass, Placement, PlacementBatch
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.records import Record
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
    PlacementBatch,
    BatchClass,
    Placement,
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

"""The statement store: xAPI 1.0.3 and 2.0 (IEEE 9274.1.1) in one place."""

from app.core.learning.statements.agents import (
    AgentKey,
    SiteAgents,
    read_agent,
    read_filter_agent,
)
from app.core.learning.statements.documents import rebuild_documents
from app.core.learning.statements.errors import (
    DocumentChanged,
    DocumentConflict,
    DocumentTooLarge,
    OutsideLaunch,
    StatementConflict,
    StatementInvalid,
)
from app.core.learning.statements.exact_json import read_json, to_text
from app.core.learning.statements.formats import StatementFormat, preferred_languages
from app.core.learning.statements.models import DocumentKind
from app.core.learning.statements.reach import OneLaunch, Reach, WholeStore
from app.core.learning.statements.scalars import (
    is_iri,
    parse_timestamp,
    read_uuid,
    written_instant,
)
from app.core.learning.statements.service import OnRecorded, Statements
from app.core.learning.statements.types import (
    DEFAULT_PAGE,
    LONGEST_PAGE,
    Attached,
    Condition,
    Document,
    DocumentPlace,
    Place,
    Statement,
    StatementPage,
    StatementQuery,
    Submission,
)
from app.core.learning.statements.versions import XapiVersion, spoken_version
from app.core.learning.statements.writing import rebuild_statement_index

__all__ = [
    "DEFAULT_PAGE",
    "LONGEST_PAGE",
    "AgentKey",
    "Attached",
    "Condition",
    "Document",
    "DocumentChanged",
    "DocumentConflict",
    "DocumentKind",
    "DocumentPlace",
    "DocumentTooLarge",
    "OnRecorded",
    "OneLaunch",
    "OutsideLaunch",
    "Place",
    "Reach",
    "SiteAgents",
    "Statement",
    "StatementConflict",
    "StatementFormat",
    "StatementInvalid",
    "StatementPage",
    "StatementQuery",
    "Statements",
    "Submission",
    "WholeStore",
    "XapiVersion",
    "is_iri",
    "parse_timestamp",
    "preferred_languages",
    "read_agent",
    "read_filter_agent",
    "read_json",
    "read_uuid",
    "rebuild_documents",
    "rebuild_statement_index",
    "spoken_version",
    "to_text",
    "written_instant",
]

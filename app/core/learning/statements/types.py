"""What the statement store takes and gives: frozen values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.learning.statements.agents import AgentKey
from app.core.learning.statements.exact_json import Json
from app.core.learning.statements.formats import StatementFormat
from app.core.learning.statements.models import DocumentKind
from app.core.learning.statements.versions import XapiVersion

DEFAULT_PAGE = 100
LONGEST_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """Bytes that came with statements, under the hash they were announced by."""

    sha2: str
    """SHA-256 in lower-case hexadecimal."""
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Statements as they were sent: JSON values still to be checked, and what came with them.

    Numbers in them are int or Decimal, as `read_json` gives them; a float has lost its digits.
    """

    untrusted_statements: tuple[Json, ...]
    version: XapiVersion
    attached: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A checked statement, complete with everything that a store adds to one."""

    id: UUID
    stored: datetime
    person_id: UUID | None
    document: Json

    @property
    def verb(self) -> str:
        """Return the IRI of what was done."""
        return str(self.document["verb"]["id"])

    @property
    def registration(self) -> UUID | None:
        """Return the registration it belongs to."""
        found = self.document.get("context", {}).get("registration")
        return None if found is None else UUID(found)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the order of statements a page ended."""

    stored: datetime
    statement_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuery:
    """What statements are asked for; every filter that is given must hold."""

    agent: AgentKey | None = None
    verb: str | None = None
    activity: str | None = None
    registration: UUID | None = None
    related_activities: bool = False
    related_agents: bool = False
    nobody: bool = False
    """Whether the agent asked for is one that no statement can be found by."""
    since: datetime | None = None
    """Stored after this."""
    until: datetime | None = None
    """Stored at this or before."""
    limit: int = DEFAULT_PAGE
    ascending: bool = False
    after: Place | None = None
    format: StatementFormat = StatementFormat.EXACT
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """Some statements as JSON texts, and where the next ones begin; None when there are no more."""

    texts: tuple[str, ...]
    next: Place | None
    newest: datetime | None = None
    """When the newest of them was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPlace:
    """Whose and which documents are meant. Without `name`: all of them."""

    kind: DocumentKind
    activity: str = ""
    agent: AgentKey | None = None
    registration: UUID | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as it is kept."""

    content: bytes
    media_type: str
    etag: str
    """SHA-1 of the content in hexadecimal, as xAPI 1.0.3 asks for."""
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Condition:
    """Which version a writer takes a document to have: the headers If-Match and If-None-Match."""

    if_match: str | None = None
    if_none_match: str | None = None


UNCONDITIONAL = Condition()

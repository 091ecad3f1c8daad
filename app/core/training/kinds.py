"""Words that training keeps: types of requirement, rules of its terms, what happens to an assignment."""

from enum import StrEnum


class RequirementType(StrEnum):
    """What it takes to meet a requirement."""

    COURSE = "course"
    READ_ACK = "read_ack"
    """Reading a controlled document's revision, and saying so."""
    PRACTICAL = "practical"
    SESSION = "session"
    DRILL = "drill"
    EXTERNAL = "external"
    """A certificate of somebody else."""
    DECLARATION = "declaration"


class Validity(StrEnum):
    """How long evidence holds."""

    AS_COURSE = "as_course"
    """As the version of the course that was completed says."""
    FOR_GOOD = "for_good"
    MONTHS = "months"
    DAYS = "days"
    UNTIL_DAY = "until_day"


class DueRule(StrEnum):
    """When the first cycle is due, unless whoever assigns says a day."""

    NONE = "none"
    AFTER_ASSIGNMENT = "after_assignment"
    AFTER_JOINING = "after_joining"
    ON_DAY = "on_day"


class EvidenceRule(StrEnum):
    """What must happen to evidence that somebody enters by hand before it counts."""

    NOT_BY_HAND = "not_by_hand"
    """What the type itself gives counts alone."""
    ENTERED = "entered"
    CONFIRMED = "confirmed"
    """Another account confirms it (Annex 11, 6)."""


class LinkKind(StrEnum):
    """What another requirement is to one."""

    PREREQUISITE = "prerequisite"
    SUBSTITUTE = "substitute"


class Substitutes(StrEnum):
    """How many substitutes stand in."""

    ANY = "any"
    ALL = "all"


class Source(StrEnum):
    """What assigned something."""

    MANUAL = "manual"
    RULE = "rule"
    MATRIX = "matrix"
    RENEWAL = "renewal"
    REVISION = "revision"
    EFFECTIVENESS = "effectiveness"
    """A check at work found that the training had not taken hold."""
    RETRAINING = "retraining"
    """Somebody whose person they are ordered it."""
    CHOSEN = "chosen"
    """They took it from the catalogue themselves: nobody asked it of them."""
    RETURN = "return"
    """They came back after a long absence, and a rule asks anew."""
    MOVE = "move"
    """They came to another department or job role, and a rule asks anew."""
    OTHER = "other"
    """Read where a newer program wrote what this one does not know; never written."""


class Move(StrEnum):
    """What became another one when somebody was moved."""

    UNIT = "unit"
    """Their department."""
    ROLE = "role"
    """Their job role."""
    EITHER = "either"


class Offering(StrEnum):
    """Whether people find a requirement in the catalogue and may have it of themselves."""

    NOT_OFFERED = "not_offered"
    OPEN = "open"
    """Who takes it has it at once."""
    APPROVAL = "approval"
    """Who asks for it has it once somebody else approves."""


class Outcome(StrEnum):
    """How an assignment was closed."""

    COMPLETED = "completed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


class AssignmentEvent(StrEnum):
    """An act on an assignment."""

    WAIVED = "waived"
    WAIVER_ENDED = "waiver_ended"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    CREDITED = "credited"
    """Closed by evidence other than its course: entered, earlier, or of a substitute."""
    DUE_MOVED = "due_moved"
    REOPENED = "reopened"
    """It had ended by itself, and is asked for again as if it had not."""
    WAIVER_ASKED = "waiver_asked"
    """Somebody asked for a waiver that somebody else approves."""
    WAIVER_REFUSED = "waiver_refused"


class Basis(StrEnum):
    """What a credit rests on. A new type that gives credit has its word here."""

    ENTERED = "entered"
    CONFIRMED = "confirmed"
    SUBSTITUTE = "substitute"
    ACKNOWLEDGED = "acknowledged"
    PRACTICAL = "practical"
    SESSION = "session"
    DRILL = "drill"
    DECLARED = "declared"
    MIGRATED = "migrated"
    """A list of before this program, signed as a whole."""
    CORRECTED = "corrected"
    """Another credit, of which something on record was wrong."""


class CheckedBy(StrEnum):
    """How somebody made sure that a certificate of another issuer is true."""

    NOT_SAID = ""
    ORIGINAL = "original"
    """They saw the original."""
    ISSUER = "issuer"
    """They asked whoever issued it."""
    REGISTER = "register"
    """They found it in a public register."""

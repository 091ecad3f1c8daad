"""Electronic signatures: by a person's own key, bound to a record's version and to what was read."""

from app.core.signatures.accountability import statement_text
from app.core.signatures.canonical import canonical_record, payload_text, read_payload
from app.core.signatures.clocks import clock_state
from app.core.signatures.errors import (
    AnothersPen,
    CannotSign,
    ClockIsSound,
    ClockSetBack,
    IdNeeded,
    MayNotCheck,
    NoSigningKey,
    NotChecked,
    NothingToCheck,
    NotMadeSureOf,
    NotSigned,
    ReadOtherwise,
    StatementMissing,
    TrainingFirst,
    WordsMissing,
)
from app.core.signatures.keeping import SigningKeys
from app.core.signatures.letter import LetterFacts, nonrepudiation_letter
from app.core.signatures.letters_sent import LettersSent, SentLetter
from app.core.signatures.meanings import MEANINGS, Meaning, meaning_in_words
from app.core.signatures.models import KeyEnd
from app.core.signatures.paper import signature_block_of, signature_paper
from app.core.signatures.pens import Pen, Undersigned
from app.core.signatures.queries import (
    as_read,
    day_and_time,
    lines_under,
    read_as,
    signatures_naming,
    signer_names,
)
from app.core.signatures.seconds import SecondNamed, is_a_person_of_their_own, seconds_named
from app.core.signatures.series import IDLE
from app.core.signatures.service import Signatures
from app.core.signatures.types import (
    CheckedSignature,
    KeysInUse,
    Proof,
    SignatureDetail,
    SignatureLine,
    SignerLine,
    SigningNow,
)
from app.core.signatures.verification import STATES, SignatureState, state_in_words

__all__ = [
    "IDLE",
    "MEANINGS",
    "STATES",
    "AnothersPen",
    "CannotSign",
    "CheckedSignature",
    "ClockIsSound",
    "ClockSetBack",
    "IdNeeded",
    "KeyEnd",
    "KeysInUse",
    "LetterFacts",
    "LettersSent",
    "MayNotCheck",
    "Meaning",
    "NoSigningKey",
    "NotChecked",
    "NotMadeSureOf",
    "NotSigned",
    "NothingToCheck",
    "Pen",
    "Proof",
    "ReadOtherwise",
    "SecondNamed",
    "SentLetter",
    "SignatureDetail",
    "SignatureLine",
    "SignatureState",
    "Signatures",
    "SignerLine",
    "SigningKeys",
    "SigningNow",
    "StatementMissing",
    "TrainingFirst",
    "Undersigned",
    "WordsMissing",
    "as_read",
    "canonical_record",
    "clock_state",
    "day_and_time",
    "is_a_person_of_their_own",
    "lines_under",
    "meaning_in_words",
    "nonrepudiation_letter",
    "payload_text",
    "read_as",
    "read_payload",
    "seconds_named",
    "signature_block_of",
    "signature_paper",
    "signatures_naming",
    "signer_names",
    "state_in_words",
    "statement_text",
]

"""What every question type does, and what they share: JSON with a schema number, checks of a response."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import msgspec

from app.core.assessments.draws import Draws
from app.core.assessments.types import Body, Credit, Response, RichText
from app.core.base.errors import UserFacingError
from app.core.base.words import _

Json = dict[str, Any]  # Any: JSON as the standard library reads it
TextChange = Callable[[RichText], RichText]

_BodyT = TypeVar("_BodyT", bound=Body)
_T = TypeVar("_T")
_ResponseT = TypeVar("_ResponseT")

_LONGEST_FRACTION = 60


class MalformedQuestion(UserFacingError):
    """Stored or received JSON is not a question that this version can read."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(
            _("A question could not be read ({detail}).").format(detail=detail),
            safe=_("Nothing was changed."),
            remedy=_("If it comes from another site, update this program and try again."),
        )


class QuestionType(Protocol[_BodyT]):
    """One kind of question. Adding one is one module and one line in `QUESTION_TYPES`."""

    key: ClassVar[str]
    body_class: type[_BodyT]
    """Of its bodies, and of no other type's."""
    title: ClassVar[str]
    """Marked for translation; word it with `_` where it is shown."""
    always_shuffles: ClassVar[bool]
    """Whether the order shown would give the answer away, whatever the quiz says."""

    def blank(self) -> _BodyT:
        """Return the body an author starts from. It has problems."""
        ...

    def problems(self, body: _BodyT) -> tuple[str, ...]:
        """Return what keeps the question from being asked, as sentences; empty when it is ready."""
        ...

    def score(self, body: _BodyT, response: Response | None) -> Fraction:
        """Return the share earned, 0 to 1. Raises TypeError for a response of another form."""
        ...

    def best_response(self, body: _BodyT) -> Response | None:
        """Return a response that earns everything; None when the body has none."""
        ...

    def describe_response(self, body: _BodyT, response: Response | None) -> str:
        """Return a response in words, for reviews and print; empty for silence."""
        ...

    def feedback(self, body: _BodyT, response: Response | None) -> tuple[RichText, ...]:
        """Return what the author has to say to just this response."""
        ...

    def as_written(self, body: _BodyT) -> tuple[str, ...]:
        """Return the keys of what is laid out, in the author's order."""
        ...

    def shuffle(self, body: _BodyT, draws: Draws) -> tuple[str, ...]:
        """Return the keys of what is laid out, in an order drawn at random."""
        ...

    def with_texts(self, body: _BodyT, change: TextChange) -> _BodyT:
        """Return the body with `change` made to each of its texts."""
        ...

    def numbered(self, body: _BodyT) -> _BodyT:
        """Return the body with its parts called by their numbers: what they are called says nothing."""
        ...

    def to_json(self, body: _BodyT) -> Json:
        """Return the body as JSON with its schema number."""
        ...

    def from_json(self, untrusted: object) -> _BodyT:
        """Return the body that `to_json` wrote. Raises MalformedQuestion."""
        ...


class StoredType(Generic[_BodyT]):
    """What types do alike: bodies as JSON under a schema number, and back; parts without names."""

    body_class: type[_BodyT]
    schema: ClassVar[int] = 1

    def numbered(self, body: _BodyT) -> _BodyT:
        """Return the body as it is: it has no parts that are called anything."""
        return body

    def to_json(self, body: _BodyT) -> Json:
        """Return the body as JSON."""
        return encode(body, self.schema)

    def from_json(self, untrusted: object) -> _BodyT:
        """Return the body that JSON holds."""
        return decode(untrusted, self.body_class, self.schema)


def encode(value: object, schema: int) -> Json:
    """Return a value of this feature as JSON, under its schema number."""
    fields = msgspec.to_builtins(value, enc_hook=_encode_number)
    return {"schema": schema, **fields}


def decode(untrusted: object, wanted: type[_T], schema: int) -> _T:
    """Return the value that `encode` wrote. Raises MalformedQuestion."""
    if not isinstance(untrusted, dict):
        raise MalformedQuestion("not an object")
    if untrusted.get("schema") != schema:
        raise MalformedQuestion(f"schema {str(untrusted.get('schema'))[:20]}, not {schema}")
    try:
        return msgspec.convert(untrusted, wanted, dec_hook=_decode_number)
    except (msgspec.ValidationError, ValueError, ArithmeticError) as error:
        raise MalformedQuestion(str(error)) from error


def _encode_number(value: object) -> str:
    if not isinstance(value, Fraction):
        raise NotImplementedError(f"no JSON for {type(value).__name__}")
    return str(value)


def _decode_number(wanted: type, untrusted: object) -> Fraction:
    if wanted is not Fraction or not isinstance(untrusted, str):
        raise ValueError(f"expected {wanted.__name__}")
    if len(untrusted) > _LONGEST_FRACTION or not set(untrusted) <= set("-0123456789/"):
        raise ValueError("not a fraction")
    return Fraction(untrusted)


def expect(response: Response | None, form: type[_ResponseT]) -> _ResponseT | None:
    """Return the response in the form a type reads, None for silence. Raises TypeError for another form."""
    if response is None or isinstance(response, form):
        return response
    raise TypeError(f"expected {form.__name__}, got {type(response).__name__}")


def clamp(share: Fraction) -> Fraction:
    """Return the share held within 0 and 1."""
    return min(max(share, Fraction(0)), Fraction(1))


def credited(share: Fraction, credit: Credit) -> Fraction:
    """Return what a share earns: itself where part counts, otherwise everything or nothing."""
    held = clamp(share)
    return held if credit is Credit.PARTIAL or held == 1 else Fraction(0)


def number_key(index: int) -> str:
    """Return the key of the option, item or gap that stands at `index`: "1", "2", …"""
    return str(index + 1)


def key_problems(keys: Sequence[str]) -> Iterable[str]:
    """Yield what is wrong with keys that must tell things apart."""
    if len(set(keys)) != len(keys) or not all(keys):
        yield _("Two parts of the question have the same key.")


def text_problems(texts: Iterable[RichText], blank: str) -> Iterable[str]:
    """Yield `blank` when one of the texts is."""
    if any(text.is_blank for text in texts):
        yield blank


def share_problems(shares: Iterable[Fraction]) -> Iterable[str]:
    """Yield what is wrong with the shares of options."""
    if any(not -1 <= share <= 1 for share in shares):
        yield _("A share must lie between -100% and 100%.")

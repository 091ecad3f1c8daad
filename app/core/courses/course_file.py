"""`course.toml`: what its author says of a course beside the files. All of it is optional.

Every key is either understood or reported; a wrong value is reported and left out.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from app.core.base.figures import size
from app.core.base.refusals import why_refused
from app.core.base.resources import resource
from app.core.base.words import _
from app.core.content import decode_text
from app.core.courses.lesson_kinds import LESSON_KINDS
from app.core.courses.names import KNOWN_LANGUAGES, MAX_TITLE, visible
from app.core.courses.sources import Finding

COURSE_FILE = "course.toml"
NO_CERTIFICATE = "none"
"""Said of a course that gives no certificate."""
MAX_BYTES = 256_000
MAX_CODE = 40
MAX_TEXT = 4_000
MAX_MONTHS = 1_200
MAX_MINUTES = 10_000
_PERCENT = 100

_DESCRIBES = frozenset({"other_languages", "caption_languages", "minutes", "author", "licence"})
"""Said for the reader of the file; what is true of them is seen from the files themselves."""
_ORDERS = {"in sequence": True, "any": False}
_FIXED_RULES = {
    "pages": "read to the end",
    "documents": "all pages seen",
    "quiz": "passed, every critical question right",
}
"""Under [completion], how these count as done; there is no other way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonEntry:
    """What is said of one lesson, under the name its files share."""

    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    seconds: int | None = None
    is_required: bool = True
    is_locked_first: bool | None = None
    share: Fraction | None = None
    active_seconds: int | None = None
    """When it counts as done; None: as lessons of its kind do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """What is to be acknowledged, by language, and whether by signature."""

    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    statements: Mapping[str, str]
    is_signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFile:
    """What `course.toml` says. Without one, everything is as its default."""

    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    topic: str = ""
    description: str = ""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    valid_months: int | None = None
    in_order: bool = True
    certificate: str | None = "classic"
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    """The share that completes a lesson, by lesson kind."""
    pass_mark: int | None = None
    """In percent."""
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Settings of a lesson kind, by its key; untrusted: checked by who reads lessons of that kind."""
    lessons: Mapping[str, LessonEntry] = field(default_factory=dict)
    acknowledgement: StatementEntry | None = None
    findings: tuple[Finding, ...] = ()


def read_course_file(path: Path) -> CourseFile:
    """Read `course.toml`; never raises for a bad file."""
    try:
        with path.open("rb") as file:
            untrusted_bytes = file.read(MAX_BYTES + 1)
    except OSError as refusal:
        return _unusable(_("It could not be read. {reason}"), reason=why_refused(refusal))
    if len(untrusted_bytes) > MAX_BYTES:
        return _unusable(_("It is larger than {limit}."), limit=size(MAX_BYTES))
    decoded = decode_text(untrusted_bytes)
    if decoded is None:
        return _unusable(_("It is not a text file. Save it as UTF-8."))
    try:
        document = tomllib.loads(decoded.text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as mistake:
        return _unusable(_("It is not valid TOML: {reason}"), reason=str(mistake))
    return _course(document)


def _course(document: dict[str, object]) -> CourseFile:
    top = _Table(document, "")
    language = top.language()
    completion = top.table("completion")
    settings = {
        kind.key: top.untouched_table(kind.key) for kind in LESSON_KINDS if kind.has_settings
    }
    course = CourseFile(
        title=top.text("title", MAX_TITLE),
        titles=top.translations("title", MAX_TITLE),
        code=top.text("code", MAX_CODE),
        topic=_topic(top),
        description=top.text("description", MAX_TEXT),
        descriptions=top.translations("description", MAX_TEXT),
        language=language,
        valid_months=top.whole("valid_months", MAX_MONTHS),
        certificate=_certificate(top),
        in_order=completion.choice("order", _ORDERS, otherwise=True),
        shares=_shares(completion),
        pass_mark=top.whole("pass_mark", _PERCENT),
        settings=settings,
        lessons={name: _lesson(entry) for name, entry in top.table("lessons").tables()},
        acknowledgement=_statement(top, language),
    )
    top.finish(_DESCRIBES)
    return replace(course, findings=tuple(top.findings))


def _certificate(top: "_Table") -> str | None:
    told = top.text("certificate", MAX_CODE) or "classic"
    return None if told == NO_CERTIFICATE else told


def _shares(completion: "_Table") -> dict[str, Fraction]:
    shares = {}
    for kind in LESSON_KINDS:
        if kind.share_setting and (percent := completion.whole(kind.share_setting, _PERCENT)):
            shares[kind.key] = Fraction(percent, _PERCENT)
    for key, only in _FIXED_RULES.items():
        completion.choice(key, {only: True}, otherwise=True)
    completion.finish()
    return shares


def _lesson(entry: "_Table") -> LessonEntry:
    minutes = entry.whole("minutes", MAX_MINUTES)
    seconds = entry.whole("seconds", MAX_MINUTES * 60)
    lesson = LessonEntry(
        title=entry.text("title", MAX_TITLE),
        titles=entry.translations("title", MAX_TITLE),
        seconds=seconds if minutes is None else minutes * 60,
        is_required=entry.flag("required", otherwise=True),
        is_locked_first=entry.flag("locked_first", otherwise=True)
        if "locked_first" in entry
        else None,
        share=entry.share("share"),
        active_seconds=entry.whole("active_seconds", MAX_MINUTES * 60),
    )
    entry.finish()
    return lesson


def _statement(top: "_Table", language: str) -> StatementEntry | None:
    if "acknowledgement" not in top:
        return None
    entry = top.table("acknowledgement")
    statement = entry.text("statement", MAX_TEXT)
    statements = {language: statement} if statement else {}
    statements.update(entry.translations("statement", MAX_TEXT))
    found = StatementEntry(
        title=entry.text("title", MAX_TITLE),
        titles=entry.translations("title", MAX_TITLE),
        statements=statements,
        is_signed=entry.flag("signature", otherwise=False),
    )
    entry.finish()
    return found if statements else None


def _topic(top: "_Table") -> str:
    topic = top.text("topic", MAX_CODE)
    is_name = topic.replace("-", "").isalnum() and topic.isascii()
    if not topic or (is_name and resource("icons", f"{topic}.svg").is_file()):
        return topic
    top.report("topic", _("there is no icon of that name"))
    return ""


class _Table:
    """A TOML table from outside: hands out checked values, and tells what was wrong or unknown."""

    def __init__(
        self, untrusted: Mapping[str, object], name: str, findings: list[Finding] | None = None
    ) -> None:
        self._untrusted = untrusted
        self._name = name
        self._known: set[str] = set()
        self.findings: list[Finding] = [] if findings is None else findings

    def __contains__(self, key: str) -> bool:
        return key in self._untrusted

    def report(self, key: str, what: str) -> None:
        text = _("{key} was left out: {what}.").format(key=visible(self._name + key), what=what)
        self.findings.append(Finding(file=COURSE_FILE, text=text))

    def text(self, key: str, longest: int) -> str:
        value = self._take(key, lambda one: isinstance(one, str), _("it must be text in quotes"))
        if not isinstance(value, str):
            return ""
        text = " ".join(visible(value).split())
        if len(text) <= longest:
            return text
        self.report(key, _("it is longer than {limit} letters").format(limit=longest))
        return ""

    def translations(self, key: str, longest: int) -> dict[str, str]:
        """Return `title_hi`, `title_ta` … by language."""
        names = {language: f"{key}_{language}" for language in sorted(KNOWN_LANGUAGES)}
        found = {lang: self.text(name, longest) for lang, name in names.items() if name in self}
        return {language: text for language, text in found.items() if text}

    def whole(self, key: str, most: int) -> int | None:
        what = _("it must be a whole number from {least} to {most}").format(least=1, most=most)
        value = self._take(key, lambda one: type(one) is int and 1 <= one <= most, what)
        return value if isinstance(value, int) else None

    def share(self, key: str) -> Fraction | None:
        """Return a share such as "19/20"."""
        text = self.text(key, MAX_CODE)
        try:
            share = Fraction(text) if text else None
        except (ValueError, ZeroDivisionError):
            share = Fraction(0)
        if share is None or 0 < share <= 1:
            return share
        self.report(key, _("it must be a share, such as 19/20"))
        return None

    def flag(self, key: str, *, otherwise: bool) -> bool:
        value = self._take(key, lambda one: isinstance(one, bool), _("it must be true or false"))
        return value if isinstance(value, bool) else otherwise

    def choice(self, key: str, choices: Mapping[str, bool], *, otherwise: bool) -> bool:
        names = ", ".join(choices)
        what = _("it must be one of these: {names}").format(names=names)
        value = self._take(key, lambda one: isinstance(one, str) and one in choices, what)
        return choices[value] if isinstance(value, str) else otherwise

    def language(self) -> str:
        what = _("it must be the code of a language, such as hi")
        value = self._take(
            "language", lambda one: isinstance(one, str) and one in KNOWN_LANGUAGES, what
        )
        return value if isinstance(value, str) else "en"

    def table(self, key: str) -> "_Table":
        return _Table(self.untouched_table(key), f"{self._name}{key}.", self.findings)

    def tables(self) -> Iterator[tuple[str, "_Table"]]:
        for key in self._untrusted:
            yield key, self.table(key)

    def untouched_table(self, key: str) -> Mapping[str, object]:
        value = self._take(key, lambda one: isinstance(one, dict), _("it must be a table"))
        return value if isinstance(value, dict) else {}

    def finish(self, described: frozenset[str] = frozenset()) -> None:
        """Report what nobody asked for."""
        for key in self._untrusted:
            if key not in self._known and key not in described:
                self.report(key, _("this setting is not known"))

    def _take(self, key: str, is_right: Callable[[object], bool], what: str) -> object:
        self._known.add(key)
        if key not in self._untrusted:
            return None
        value = self._untrusted[key]
        if is_right(value):
            return value
        self.report(key, what)
        return None


def _unusable(text: str, **fields: str) -> CourseFile:
    finding = Finding(file=COURSE_FILE, text=text.format(**fields), blocks=True)
    return CourseFile(findings=(finding,))

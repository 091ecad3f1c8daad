"""The kinds of lesson: what each is called, looks like, and counts as done by. One line in a tuple.

Nothing else in the core of courses asks which kind a lesson is; the tracker of a kind lives in
learning, its player in the window.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from app.core.base.words import mark
from app.core.courses.outline import CompletionRule

_MOST = Fraction(95, 100)
"""Of a recording: the last seconds are often black."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonKind:
    """What courses, screens and reports must know of a kind."""

    key: str
    title: str
    """Marked; worded where it is shown."""
    icon: str
    """Name of a Lucide icon."""
    share_means: str
    """What the share of its rule is of, as a sentence (marked)."""
    default_rule: CompletionRule = field(default_factory=CompletionRule)
    has_content: bool = True
    """Whether it shows a stored file, so that it cannot be published without one."""
    has_captions: bool = False
    is_for_all: bool = False
    """Whether it may be shown to a whole class at once: it is watched or read, not answered."""
    share_setting: str = ""
    """How `course.toml` calls its share under [completion], in percent; empty: it cannot be set."""
    has_settings: bool = False
    """Whether `course.toml` has a table of settings for it, under its key."""
    required_body: str = ""
    """The setting in `LessonPlan.body` without which it cannot be published; empty: none."""


LESSON_KINDS: tuple[LessonKind, ...] = (
    LessonKind(
        key="video",
        title=mark("Video"),
        icon="circle-play",
        share_means=mark("The part of the video that was really played."),
        default_rule=CompletionRule(share=_MOST),
        has_captions=True,
        share_setting="video_watched_percent",
        is_for_all=True,
    ),
    LessonKind(
        key="audio",
        title=mark("Audio"),
        icon="headphones",
        share_means=mark("The part of the recording that was really played."),
        default_rule=CompletionRule(share=_MOST),
        has_captions=True,
        share_setting="audio_heard_percent",
        is_for_all=True,
    ),
    LessonKind(
        key="document",
        title=mark("Document"),
        icon="file-text",
        share_means=mark("The pages that stayed on screen, of all pages."),
        share_setting="document_pages_percent",
        is_for_all=True,
    ),
    LessonKind(
        key="page",
        title=mark("Page"),
        icon="book-open",
        share_means=mark("How far down the page was read."),
        default_rule=CompletionRule(active_seconds=5),
        share_setting="page_read_percent",
        is_for_all=True,
    ),
    LessonKind(
        key="image",
        title=mark("Image"),
        icon="image",
        share_means=mark("Whether the picture was shown."),
        default_rule=CompletionRule(active_seconds=5),
        is_for_all=True,
    ),
    LessonKind(
        key="package",
        title=mark("Package"),
        icon="package",
        share_means=mark("Whether the package reported that it is completed."),
    ),
    LessonKind(
        key="quiz",
        title=mark("Quiz"),
        icon="list-checks",
        share_means=mark("Whether the quiz was passed."),
        has_content=False,
        has_settings=True,
    ),
    LessonKind(
        key="acknowledgement",
        title=mark("Acknowledgement"),
        icon="signature",
        share_means=mark("Whether the statement was confirmed."),
        has_content=False,
        required_body="statements",
    ),
)


def lesson_kind(key: str) -> LessonKind:
    """Return the kind of that key. Raises KeyError."""
    for kind in LESSON_KINDS:
        if kind.key == key:
            return kind
    raise KeyError(key)


def is_lesson_kind(key: str) -> bool:
    """Tell whether there is a kind of that key."""
    return any(kind.key == key for kind in LESSON_KINDS)

"""Questions of every type, quizzes over them in the records, and what the screens work with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from uuid import UUID

from app.core.assessments import Quizzes, body_of
from app.core.assessments.question_types.choice_many import ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.gaps import Gap, GapsBody
from app.core.assessments.question_types.matching import MatchAnswer, MatchingBody, MatchPrompt
from app.core.assessments.question_types.numeric import AcceptedNumber, NumberNear, NumericBody
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.ordering import OrderingBody, OrderItem
from app.core.assessments.question_types.short_text import AcceptedText, ShortTextBody
from app.core.assessments.question_types.true_false import TrueFalseBody
from app.core.assessments.types import (
    Body,
    Credit,
    MediaKind,
    MediaRef,
    Question,
    Quiz,
    QuizSettings,
    RichText,
    Section,
    TextFormat,
    plain,
)
from app.core.base.actor import Actor
from app.core.content import AssetStore
from app.core.courses import Outline
from app.core.journal import Site
from app.core.learning import Learning
from tests.support.teaching import ACTOR, School, a_lesson, a_school, published, store_questions

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"
RIGHT, WRONG = Fraction(1), Fraction(0)


def html(source: str, *media: MediaRef) -> RichText:
    """Return HTML with the media that belong to it."""
    return RichText(source=source, format=TextFormat.HTML, media=media)


def an_option(key: str, words: str | RichText, share: Fraction = WRONG, said: str = "") -> Option:
    """Return an option; `said` is the author's word to whoever chooses it."""
    text = words if isinstance(words, RichText) else plain(words)
    return Option(key=key, text=text, share=share, feedback=plain(said))


ONE = ChoiceOneBody(
    options=(
        an_option("a", "Press STOP and wait for the machine to stand still."),
        an_option("b", "Isolate, lock, release and verify.", RIGHT, "Right: STOP is no isolation."),
        an_option("c", "Ask a colleague to watch the button.", WRONG, "A colleague is no lock."),
        an_option("d", "Open the guard switch."),
    )
)
MANY = ChoiceManyBody(
    options=(
        an_option("a", "A charged capacitor", RIGHT),
        an_option("b", "A raised punch", RIGHT),
        an_option("c", "Air in a cylinder", RIGHT),
        an_option("d", "A lamp that is off"),
    )
)
TRUTH = TrueFalseBody(answer=False, feedback_true=plain("A tag warns. A lock prevents."))
NUMBER = NumericBody(
    accepted=(AcceptedNumber(near=NumberNear(value=Decimal("0.5"), tolerance=Decimal("0.05"))),)
)
WORDS = ShortTextBody(accepted=(AcceptedText(pattern="live"), AcceptedText(pattern="live source")))
PAIRS = MatchingBody(
    prompts=(
        MatchPrompt(key="1", text=plain("First"), answer="a"),
        MatchPrompt(key="2", text=plain("Then"), answer="b"),
        MatchPrompt(key="3", text=plain("Last"), answer="c"),
    ),
    answers=(
        MatchAnswer(key="a", text=plain("Prepare and tell everybody")),
        MatchAnswer(key="b", text=plain("Lock and tag")),
        MatchAnswer(key="c", text=plain("Verify zero energy")),
        MatchAnswer(key="d", text=plain("Order spare parts")),
    ),
    credit=Credit.PARTIAL,
)
STEPS = OrderingBody(
    items=tuple(
        OrderItem(key=key, text=plain(words))
        for key, words in (
            ("a", "Shut the machine down"),
            ("b", "Isolate the energy"),
            ("c", "Lock and tag"),
            ("d", "Verify zero energy"),
        )
    ),
    credit=Credit.PARTIAL,
)
GAPS = GapsBody(
    text=plain(
        "Whoever comes puts on the own lock [[when]] the other takes off [[whose]] lock; the gauge shows [[bar]] bar."
    ),
    gaps=(
        Gap(
            key="when",
            choice=ChoiceOneBody(
                options=(an_option("x", "before", RIGHT), an_option("y", "after"))
            ),
        ),
        Gap(key="whose", words=ShortTextBody(accepted=(AcceptedText(pattern="their"),))),
        Gap(
            key="bar",
            number=NumericBody(accepted=(AcceptedNumber(near=NumberNear(value=Decimal(0))),)),
        ),
    ),
    credit=Credit.PARTIAL,
)
BODIES: dict[str, Body] = {
    "choice_one": ONE,
    "choice_many": MANY,
    "true_false": TRUTH,
    "numeric": NUMBER,
    "short_text": WORDS,
    "matching": PAIRS,
    "ordering": STEPS,
    "gaps": GAPS,
}
"""A body of each type; a new type needs one here."""


def a_question(key: str, stem: str = "", **fields: object) -> Question:
    """Return a question of a type."""
    words = plain(stem or f"A question of the type {key}")
    return Question(type=key, stem=words, body=BODIES[key], **fields)  # type: ignore[arg-type]  # test convenience


@dataclass
class QuizServices:
    """Implements app.ui.assessments.services.QuizServices over real services."""

    school: School
    assets: AssetStore

    @property
    def quizzes(self) -> Quizzes:
        """Return the school's quizzes."""
        return self.school.quizzes

    @property
    def learning(self) -> Learning:
        """Return the school's learning."""
        return self.school.learning


def services_on(site: Site, folder: Path) -> QuizServices:
    """Tie fresh services together on a site."""
    return QuizServices(a_school(site), AssetStore(folder / "assets", site.clock))


def store_file(services: QuizServices, name: str, media_type: str) -> str:
    """Put a file of tests/support/media into the store and return its hash."""
    content = (MEDIA / name).read_bytes()
    with services.school.site.transaction(ACTOR, "asset.add") as unit:
        return services.assets.add_bytes(unit, content, media_type, name).sha256


PICTURE, SOUND = ("picture.png", "image/png"), ("clip.mp3", "audio/mpeg")


def a_picture(services: QuizServices) -> MediaRef:
    """Store a picture and return its reference."""
    return MediaRef(name=PICTURE[0], sha256=store_file(services, *PICTURE), kind=MediaKind.IMAGE)


def a_sound(services: QuizServices) -> MediaRef:
    """Store a sound and return its reference."""
    return MediaRef(name=SOUND[0], sha256=store_file(services, *SOUND), kind=MediaKind.AUDIO)


@dataclass
class Course:
    """A published course with one quiz."""

    course_id: UUID
    lesson_id: UUID
    pool: tuple[UUID, ...] = field(default=())


def a_course(
    services: QuizServices,
    sections: Sequence[tuple[str, Sequence[Question], Fraction | None]],
    settings: QuizSettings | None = None,
) -> Course:
    """Publish a course of one quiz; sections are title, questions and minimum."""
    site = services.school.site
    made, pool = [], []
    for title, questions, minimum in sections:
        ids = store_questions(site, questions)
        pool.extend(ids)
        made.append(Section(title=title, pool=ids, minimum=minimum))
    quiz = Quiz(sections=tuple(made), settings=settings or QuizSettings(shuffle_questions=False))
    lesson = a_lesson("quiz", "Final quiz", body=body_of(quiz))
    course_id = published(site, Outline(title="Lockout / Tagout (LOTO)", lessons=(lesson,)))
    with site.read() as session:
        (lesson_id,) = services.school.releases.current(session, course_id).lesson_ids
    return Course(course_id, lesson_id, tuple(pool))


def begun(services: QuizServices, learner: Actor, course: Course) -> Course:
    """Let the learner begin the course."""
    services.learning.begin(learner, course.course_id)
    return course


def question_id() -> UUID:
    """Return an id for a question that lies in no records."""
    return UUID(int=7)

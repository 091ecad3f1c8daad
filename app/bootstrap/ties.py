"""The hooks between features: tied here and nowhere else."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from app.core.assessments import QUIZ_KIND
from app.core.base.actor import system_actor
from app.core.courses import PlacesLeft
from app.core.keys import KnownKeys
from app.core.operations import is_enrolled
from app.core.reports import count_kept, let_look_back
from app.core.signatures import clock_state, is_a_person_of_their_own, signatures_naming
from app.core.sync import OF_SYNC_ITSELF, ONE_WRITES, TWO_PERSONS
from app.services import Services

Settle = Callable[[Mapping[str, set[UUID]]], None]
"""Told of tables and ids of records that came, or moved."""
_TELL_OF_APPROVAL = frozenset({"approval_step", "course_version", "course_retirement", "course"})
"""Tables of which new rows may put another version of a course in force."""
_TELL_OF_ERASURE = frozenset(
    {"person_erasure", "certificate_document", "evidence_scan", "practical_paper", "asset"}
)
"""Tables of which new rows may leave files of who is erased to be seen to."""


def settle_arrived(services: Services, touched: Mapping[str, set[UUID]]) -> None:
    """Bring up what follows from records that came from other PCs."""
    services.derivations.settle(touched)
    if not _TELL_OF_APPROVAL.isdisjoint(touched):
        services.courses.approving.take_effect()
    services.training.take_over(touched)
    services.learning.take_over(touched)
    services.quizzes.rescoring.take_over(touched)
    services.training.practicals.signing.take_over(touched)
    services.sessions.quizzes.take_over(touched)
    services.certificates.take_over(touched)
    if not _TELL_OF_ERASURE.isdisjoint(touched):
        services.people.erasures.finish()


def _tie_certificates(services: Services) -> None:
    """Let whatever gives a credit issue its certificate, and a correction take it away."""
    training, sessions = services.training, services.sessions
    for hooks in (
        sessions.signing.on_credited,
        sessions.confirming.on_credited,
        sessions.quizzes.on_credited,
        training.practicals.signing.on_credited,
        services.documents.readings.on_credited,
        training.assignments.evidence.on_credited,
        training.declarations.on_credited,
        training.corrections.on_credited,
    ):
        hooks.append(services.certificates.issue_for_credit)
    training.corrections.on_credit_fell.append(services.certificates.proof_fell)
    training.corrections.on_completion_fell.append(services.certificates.proof_fell)


def tie(services: Services, settle: Settle) -> None:
    """Let each feature set off what lies above it."""
    _tie_courses(services)
    _tie_learning(services)
    _tie_people(services, settle)
    _tie_training(services)
    _tie_certificates(services)
    _tie_approvals(services)
    _tie_journal(services)


def _tie_courses(services: Services) -> None:
    courses, quizzes = services.courses, services.quizzes
    courses.publish_checks += [quizzes.problems_of, services.banks.approving.problems_of]
    courses.publish_warnings += [
        services.recordings.warnings_of,
        PlacesLeft(services.assets).warnings_of,
        quizzes.warnings_of,
    ]
    courses.also_written_by.append(services.banks.approving.question_writers)
    courses.on_published.append(services.training.require_course)
    courses.reviews.bodies[QUIZ_KIND] = quizzes.described
    services.sign_in.on_turn.append(courses.approving.take_effect_if_due)
    courses.on_sample += [
        services.training.practicals.bring_sample,
        services.drills.bring_sample,
        services.training.enrolment.bring_sample,
    ]


def _tie_learning(services: Services) -> None:
    quizzes, learning = services.quizzes, services.learning
    quizzes.on_scored += [learning.take_quiz_result, services.sessions.quizzes.take_result]
    quizzes.rescoring.on_passed += [
        learning.take_quiz_passed_anew,
        services.sessions.quizzes.take_passed_anew,
    ]
    quizzes.supervision.on_given.append(learning.take_gift)
    quizzes.begun_again_at.append(learning.begun_again_at)
    learning.asks_retraining.append(quizzes.asks_retraining)
    learning.on_completed.append(services.training.close_assignment)
    learning.on_completed.append(services.certificates.issue)


def _tie_people(services: Services, settle: Settle) -> None:
    people = services.people
    people.merging.on_moved.append(settle)
    for owners in (people.owners, services.sign_in.accounts.owners):
        owners.headquarters = partial(_headquarters, services.open_site.keys)
    services.sign_in.is_enrolled = partial(is_enrolled, services.open_site)
    people.on_changed.append(services.training.people_changed)
    people.erasures.signed_texts.append(signatures_naming)
    people.erasures.is_own_person = is_a_person_of_their_own
    people.erasures.on_erased += [
        services.certificates.destroy_documents,
        services.outbox.forget,
        services.papers.destroy_scans,
        services.training.practicals.sheets.destroy_scans,
    ]


def _tie_training(services: Services) -> None:
    training, documents = services.training, services.documents
    training.catalogue.words_to_sign.append(documents.retiring.words_of_requirement)
    documents.retiring.on_brought_back.append(training.brought_back.ask)
    training.on_new_day += [documents.begin_day, services.legacy.begin_day]
    training.assignments.count_kept = count_kept
    training.matrix.people.look_back = let_look_back
    services.signatures.asks_first.append(training.signing.asks_first)


def _tie_approvals(services: Services) -> None:
    kinds = (
        *services.courses.approval_kinds,
        services.banks.approving.kind,
        services.quizzes.rescoring.kind,
        services.documents.approval_kind(),
    )
    for kind in kinds:
        services.approvals.register(kind)
    services.approvals.take_two_to_ease(TWO_PERSONS, ONE_WRITES)


def _tie_journal(services: Services) -> None:
    seal = partial(services.journal.seal, system_actor(), but_for=OF_SYNC_ITSELF)
    services.sync.departure.seals.append(seal)
    services.journal.asks_first.append(partial(clock_state, services.open_site.site))
    services.journal.on_sealed.append(services.open_site.incarnations.anchor)
    services.journal.noted_outside.append(services.open_site.incarnations.noted)


def _headquarters(keys: KnownKeys) -> UUID | None:
    """Return the site that holds the organisation's root; None before anybody was paired with one."""
    root = keys.ring().organisation
    return None if root is None else root.site

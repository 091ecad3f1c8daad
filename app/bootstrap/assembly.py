"""Puts a site's services together: the hooks between features are tied here and nowhere else."""

import gc
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from uuid import UUID

from app.bootstrap.places import keys_folder, reserve_bytes
from app.bootstrap.qualifying import rehearse
from app.bootstrap.rehearsals import ScratchRecords
from app.bootstrap.versions import opened_with_way_back, programs_of, watched
from app.core.approvals import Approvals
from app.core.assessments import (
    QUIZ_KIND,
    QuestionBanks,
    QuizFileSource,
    QuizGiver,
    QuizSource,
    Quizzes,
)
from app.core.assurance import (
    AuditReviews,
    Evaluations,
    Incidents,
    Oversight,
    OversightRules,
    Qualifications,
    ReaderTests,
    Trial,
)
from app.core.base.actor import Actor, system_actor
from app.core.base.clock import SystemClock
from app.core.base.installation import Installation
from app.core.base.progress import Progress
from app.core.certificates import Certificates
from app.core.content import AssetStore, Conversions
from app.core.courses import (
    LESSON_SOURCES,
    Courses,
    PlacesLeft,
    Recordings,
    Releases,
    WrittenPages,
)
from app.core.egress import Egress
from app.core.journal import Journal
from app.core.keys import KeptTries, KnownKeys, NewPassword, SlotCost
from app.core.learning import Launches, Learning, SiteAgents, Statements, Waiving, Wires
from app.core.links import Endpoint, Outbox
from app.core.operations import (
    Derivations,
    DiskCare,
    Founding,
    Join,
    LockedRecords,
    Moved,
    OpenSite,
    Proof,
    Recovery,
    Restoring,
    SiteFolder,
    backup_before_upgrade,
    backups_of,
    is_enrolled,
    prove_anywhere,
    recover,
    tell_moved,
)
from app.core.people import (
    SIGN_IN_COST,
    People,
    SignIn,
    check_password,
    create_first_administrator,
)
from app.core.people.erasing import ErasedOutside
from app.core.people.imports import HrFolder
from app.core.reports import (
    Archives,
    QuestionLooks,
    Reports,
    TrainingFiles,
    count_kept,
    decision_words,
    let_look_back,
)
from app.core.schema import bring_up_to_date
from app.core.signatures import (
    Signatures,
    SigningKeys,
    clock_state,
    is_a_person_of_their_own,
    signatures_naming,
)
from app.core.storage.database import Database
from app.core.sync import OF_SYNC_ITSELF, ONE_WRITES, TWO_PERSONS, Sync
from app.core.training import Training
from app.core.training.controlled import ControlledDocuments
from app.core.training.drills import Drills
from app.core.training.legacy import Legacy, Papers
from app.core.training.sessions import Sessions
from app.services import Services

_TELL_OF_APPROVAL = frozenset({"approval_step", "course_version", "course_retirement", "course"})
"""Tables of which new rows may put another version of a course in force."""
_TELL_OF_ERASURE = frozenset(
    {"person_erasure", "certificate_document", "evidence_scan", "practical_paper", "asset"}
)
"""Tables of which new rows may leave files of who is erased to be seen to."""


def open_services(folder: Path, password: str | None = None) -> Services:
    """Open the site in a data folder and make its services; note which version of the program is in use."""
    place = site_folder(folder)
    opened = opened_with_way_back(
        lambda: place.open(_upgrade_of(folder), password),
        restoring_into(folder),
        folder,
        password,
        Installation.of_this_program(),
    )
    services = lasting(assemble(opened))
    services.disk.keep_reserve()
    services.programs.settle()
    return services


def found_services(folder: Path, founding: Founding, login: str, name: str) -> Services:
    """Found a site, make its first administrator, and make its services."""
    check_password(founding.password, (login,))

    def furnish(opened: OpenSite) -> None:
        create_first_administrator(
            opened.site,
            login=login,
            name=name,
            password=founding.password,
            keepers=[SigningKeys(opened.site, opened.keys)],
        )

    services = lasting(assemble(site_folder(folder).found(founding, bring_up_to_date, furnish)))
    services.disk.keep_reserve()
    return services


def join_services(folder: Path, join: Join) -> Services:
    """Join a site that exists, and make its services."""
    check_password(join.password, ())
    services = lasting(assemble(site_folder(folder).join(join, bring_up_to_date)))
    services.disk.keep_reserve()
    return services


def move_services(
    folder: Path, actor: Actor, url: str, password: str | None, progress: Progress
) -> tuple[Services, Moved]:
    """Move the records of a site that is closed to a server, and make the services of the site there."""
    place = site_folder(folder)
    moved = place.move_to_server(actor, url, _upgrade_of(folder), password, progress)
    services = open_services(folder)
    tell_moved(services.open_site.site, actor, moved)
    return services, moved


def recover_services(folder: Path, recovery: Recovery) -> Services:
    """Open a site whose password is lost, and make its services."""
    locked = locked_records(folder)
    key = locked.key_in(recovery.answer) if recovery.answer else None
    opened = recover(site_folder(folder), recovery, _upgrade_of(folder), key)
    locked.forget()
    return lasting(assemble(opened))


def locked_records(folder: Path) -> LockedRecords:
    """Return what this PC can do about records that nobody here can open."""
    return LockedRecords(folder, keys_folder(), SystemClock())


def rekey_services(folder: Path, password: str, progress: Progress) -> Services:
    """Give a site that is closed another data key, and make its services."""
    new = NewPassword(label="", password=password)
    return lasting(assemble(site_folder(folder).change_key(_upgrade_of(folder), new, progress)))


def site_folder(folder: Path) -> SiteFolder:
    """Return a data folder, with the key folder of this PC."""
    return SiteFolder(folder, keys_folder(), SystemClock())


def _upgrade_of(folder: Path) -> Callable[[Database], None]:
    """Return what brings the records of a data folder to this program's schema, a backup first."""
    before = backup_before_upgrade(folder, keys_folder(), SystemClock())
    return watched(
        lambda database: bring_up_to_date(database, before), Installation.of_this_program()
    )


def restoring_into(folder: Path) -> Restoring:
    """Return what restores backups into a data folder whose site is not open."""
    return Restoring(folder, keys_folder(), SystemClock(), bring_up_to_date)


def prove_any_backup(path: Path, password: str | None, progress: Progress) -> Proof:
    """Restore a backup on trial, whichever site it is of."""
    return prove_anywhere(path, keys_folder(), bring_up_to_date, password, progress)


def lasting(services: Services) -> Services:
    """Return services that stay to the end, and what the program is made of with them.

    The collector of garbage walked through all of it again and again: a tenth of a second each time,
    in the midst of whatever somebody was doing.
    """
    gc.freeze()
    return services


def _rehearse() -> AbstractContextManager[Sequence[Trial]]:
    return rehearse(assemble)


def assemble(opened: OpenSite, cost: SlotCost = SIGN_IN_COST) -> Services:
    """Make the services of an open site and tie their hooks; `cost` is how much PINs and passwords are stretched."""
    site = opened.site
    assets = AssetStore(opened.assets, site.clock)
    releases = Releases()
    quizzes = Quizzes(site, releases)
    courses = Courses(
        site, assets, (*LESSON_SOURCES, QuizSource(site.clock), QuizFileSource(site.clock))
    )
    courses.exporting.givers[QUIZ_KIND] = QuizGiver(assets)
    courses.beginning.organisation = lambda: opened.authority.name
    recordings = Recordings(site, assets, Conversions(site, assets))
    learning = Learning(site, releases)
    agents = SiteAgents(opened.site_id)
    statements = Statements(site, assets, agents)
    endpoint = Endpoint(statements)
    wires = Wires(site, statements, endpoint, lambda: ScratchRecords(agents, site.clock))
    training = Training(site, releases, learning, assets)
    sessions = Sessions(site, releases, learning, assets)
    certificates = Certificates(site, assets, opened.authority, opened.code)
    people = People(site, ErasedOutside(opened.authority.folder))

    def settle(touched: Mapping[str, set[UUID]]) -> None:
        _settle(services, touched)

    reports, journal = Reports(site, opened.keys), Journal(site, opened.station)
    qualifications = Qualifications(opened, assets, _rehearse)
    reviews, incidents = AuditReviews(site, reports.audit, opened.since), Incidents(site)
    sign_in = SignIn(site, cost, KeptTries(opened.authority.folder))
    backups, egress = backups_of(opened, bring_up_to_date), Egress(site)
    services = Services(
        open_site=opened,
        egress=egress,
        journal=journal,
        people=people,
        hr_folder=HrFolder(site, people.imports, opened.folder),
        sign_in=sign_in,
        approvals=Approvals(site),
        assets=assets,
        courses=courses,
        recordings=recordings,
        pages=WrittenPages(site, assets),
        quizzes=quizzes,
        banks=QuestionBanks(site, assets),
        learning=learning,
        launches=Launches(site, learning, assets, wires),
        waiving=Waiving(site, releases, learning, assets, statements),
        statements=statements,
        signatures=Signatures(site, opened.keys, sign_in, SigningKeys(site, opened.keys, cost)),
        endpoint=endpoint,
        training=training,
        sessions=sessions,
        drills=Drills(site, sessions, assets),
        documents=ControlledDocuments(site, assets),
        legacy=Legacy(site, assets),
        papers=Papers(site, assets),
        certificates=certificates,
        outbox=Outbox(
            site,
            opened.authority.folder,
            assets,
            training.reminders,
            certificates,
            opened.name,
        ),
        reports=reports,
        training_files=TrainingFiles(site, reports.dossiers, assets),
        question_looks=QuestionLooks(site, quizzes),
        archives=Archives(site, opened.keys, journal),
        derivations=Derivations(site, courses.index),
        sync=Sync(
            site,
            opened.keys,
            opened.folder,
            assets,
            settle=settle,
            twin_found=opened.incarnations.note_twin,
            decision_words=decision_words,
        ),
        backups=backups,
        disk=DiskCare(opened, reserve_bytes()),
        programs=programs_of(opened, backups, egress),
        qualifications=qualifications,
        audit_reviews=reviews,
        incidents=incidents,
        evaluations=Evaluations(site, opened.name, reports, (qualifications, reviews, incidents)),
        reader_tests=ReaderTests(site),
        oversight_rules=OversightRules(site),
        oversight=Oversight(site, opened.since),
    )
    _tie(services, settle)
    services.sync.importing.catch_up()
    services.people.erasures.attend()
    courses.approving.take_effect()
    return services


def _settle(services: Services, touched: Mapping[str, set[UUID]]) -> None:
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


def _headquarters(keys: KnownKeys) -> UUID | None:
    """Return the site that holds the organisation's root; None before anybody was paired with one."""
    root = keys.ring().organisation
    return None if root is None else root.site


def _tie(services: Services, settle: Callable[[Mapping[str, set[UUID]]], None]) -> None:
    """Let each feature set off what lies above it."""
    courses, quizzes, learning = services.courses, services.quizzes, services.learning
    courses.publish_checks += [quizzes.problems_of, services.banks.approving.problems_of]
    courses.publish_warnings += [
        services.recordings.warnings_of,
        PlacesLeft(services.assets).warnings_of,
        quizzes.warnings_of,
    ]
    courses.also_written_by.append(services.banks.approving.question_writers)
    courses.on_published.append(services.training.require_course)
    courses.reviews.bodies[QUIZ_KIND] = quizzes.described
    for kind in (*courses.approval_kinds, services.banks.approving.kind, quizzes.rescoring.kind):
        services.approvals.register(kind)
    services.sign_in.on_turn.append(courses.approving.take_effect_if_due)
    courses.on_sample += [
        services.training.practicals.bring_sample,
        services.drills.bring_sample,
        services.training.enrolment.bring_sample,
    ]
    quizzes.on_scored += [learning.take_quiz_result, services.sessions.quizzes.take_result]
    quizzes.rescoring.on_passed += [
        learning.take_quiz_passed_anew,
        services.sessions.quizzes.take_passed_anew,
    ]
    quizzes.supervision.on_given.append(learning.take_gift)
    quizzes.begun_again_at.append(learning.begun_again_at)
    learning.asks_retraining.append(quizzes.asks_retraining)
    services.people.merging.on_moved.append(settle)
    for owners in (services.people.owners, services.sign_in.accounts.owners):
        owners.headquarters = partial(_headquarters, services.open_site.keys)
    services.sign_in.is_enrolled = partial(is_enrolled, services.open_site)
    services.people.on_changed.append(services.training.people_changed)
    services.people.erasures.signed_texts.append(signatures_naming)
    services.people.erasures.is_own_person = is_a_person_of_their_own
    services.people.erasures.on_erased.append(services.certificates.destroy_documents)
    services.approvals.register(services.documents.approval_kind())
    services.approvals.take_two_to_ease(TWO_PERSONS, ONE_WRITES)
    services.training.catalogue.words_to_sign.append(
        services.documents.retiring.words_of_requirement
    )
    services.documents.retiring.on_brought_back.append(services.training.brought_back.ask)
    services.training.on_new_day.append(services.documents.begin_day)
    services.training.on_new_day.append(services.legacy.begin_day)
    services.training.assignments.count_kept = count_kept
    services.training.matrix.people.look_back = let_look_back
    services.people.erasures.on_erased.append(services.outbox.forget)
    services.people.erasures.on_erased.append(services.papers.destroy_scans)
    services.people.erasures.on_erased.append(services.training.practicals.sheets.destroy_scans)
    learning.on_completed.append(services.training.close_assignment)
    learning.on_completed.append(services.certificates.issue)
    _tie_certificates(services)
    services.signatures.asks_first.append(services.training.signing.asks_first)
    seal = partial(services.journal.seal, system_actor(), but_for=OF_SYNC_ITSELF)
    services.sync.departure.seals.append(seal)
    services.journal.asks_first.append(partial(clock_state, services.open_site.site))
    services.journal.on_sealed.append(services.open_site.incarnations.anchor)
    services.journal.noted_outside.append(services.open_site.incarnations.noted)

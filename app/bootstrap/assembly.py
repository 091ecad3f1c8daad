"""Puts a site's services together, and opens, founds, joins, moves and restores sites for window and commands."""

import gc
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import UUID

from app.bootstrap.places import keys_folder, reserve_bytes
from app.bootstrap.qualifying import rehearse
from app.bootstrap.rehearsals import ScratchRecords
from app.bootstrap.ties import settle_arrived, tie
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
from app.core.base.actor import Actor
from app.core.base.clock import SystemClock
from app.core.base.installation import Installation
from app.core.base.progress import Progress
from app.core.certificates import Certificates
from app.core.content import AssetStore, Conversions
from app.core.courses import (
    LESSON_SOURCES,
    Courses,
    Recordings,
    Releases,
    WrittenPages,
)
from app.core.egress import Egress
from app.core.journal import Journal
from app.core.keys import KeptTries, NewPassword, SlotCost
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
    decision_words,
)
from app.core.schema import bring_up_to_date
from app.core.signatures import (
    Signatures,
    SigningKeys,
)
from app.core.storage.database import Database
from app.core.sync import Sync
from app.core.training import Training
from app.core.training.controlled import ControlledDocuments
from app.core.training.drills import Drills
from app.core.training.legacy import Legacy, Papers
from app.core.training.sessions import Sessions
from app.services import Services


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
        settle_arrived(services, touched)

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
    tie(services, settle)
    services.sync.importing.catch_up()
    services.people.erasures.attend()
    courses.approving.take_effect()
    return services

"""Trials of the records: an answer, a certificate, a signature, the journal, and whether altering is found."""

import sqlalchemy as sa

from app.bootstrap.qualifying.site import LOGIN, PASSWORD, TrialSite, require
from app.core.assessments import best_response
from app.core.assurance import StepFailed, Trial
from app.core.base.paging import PageRequest
from app.core.base.words import _, plural
from app.core.certificates import SignatureState as PdfState
from app.core.certificates import VerificationStatus, check_pdf_signature
from app.core.signatures import Proof, state_in_words


def answered(site: TrialSite) -> Trial:
    """Try: an answer is journalled, and what passes completes the course."""

    def run() -> str:
        services, learner = site.first, site.learner
        hand = services.learning.begin(learner, site.course_id)
        attempt = services.quizzes.start(learner, hand.lessons[0].lesson_id)
        for asked in attempt.questions:
            response = best_response(asked.question)
            if response is None:
                raise StepFailed(_("A question has no right answer."))
            services.quizzes.answer(learner, attempt.attempt_id, asked.question_id, response)
        services.quizzes.submit(learner, attempt.attempt_id)
        site.attempt_id = attempt.attempt_id
        entries = services.journal.entries(site.boss, about=attempt.attempt_id)
        done = services.learning.in_hand(learner, hand.start_id)
        require(bool(entries) and done.completed_at is not None, _("The course is not completed."))
        return _("{answers} in {entries} of the journal; the course is completed.").format(
            answers=plural("{count} answer", "{count} answers", len(attempt.questions)),
            entries=plural("{count} entry", "{count} entries", len(entries)),
        )

    return Trial(
        key="oq-answer",
        title=_("Answers"),
        expected=_("Every answer is in the journal, and a passed quiz completes its course."),
        run=run,
    )


def certified(site: TrialSite) -> Trial:
    """Try: a completion gives a certificate that verifies, and one that was changed does not."""

    def run() -> str:
        services = site.first
        given = services.certificates.register(site.boss, PageRequest()).rows
        if not given:
            raise StepFailed(_("No certificate was issued."))
        site.certificate_id = given[0].id
        pdf = services.certificates.document(site.boss, given[0].id)
        first = services.certificates.verify(pdf)
        require(first.status is VerificationStatus.VALID, first.why)
        middle = len(pdf) // 3
        changed = pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]
        second = services.certificates.verify(changed)
        require(second.status is not VerificationStatus.VALID, _("A changed byte was not noticed."))
        trusted = [services.open_site.keys.register.trusted().pdf_certificate]
        require(
            check_pdf_signature(pdf, trusted).state is PdfState.VALID,
            _("The document's signature does not hold."),
        )
        return _("{number}: {first} With one byte changed: {second}").format(
            number=given[0].number, first=first.why, second=second.why
        )

    return Trial(
        key="oq-certificate",
        title=_("Certificates"),
        expected=_("A certificate is issued and verifies; with one byte changed it does not."),
        run=run,
    )


def signed(site: TrialSite) -> Trial:
    """Try: an electronic signature is made with id and password, and verifies."""

    def run() -> str:
        signatures = site.first.signatures
        signatures.accept_statement(site.boss, Proof(name=LOGIN, password=PASSWORD))
        found = signatures.own_statement(site.boss)
        require(found.state.holds, state_in_words(found.state))
        return f"{found.line.name}: {state_in_words(found.state)}"

    return Trial(
        key="oq-signature",
        title=_("Electronic signature"),
        expected=_("A signature by id and password is made, bound to its record, and holds."),
        run=run,
    )


def proved(site: TrialSite) -> Trial:
    """Try: the journal of all that was done proves."""

    def run() -> str:
        verdict = site.first.journal.verify(site.boss)
        require(verdict.ok, str(verdict.first_bad and verdict.first_bad.what))
        return plural("{count} entry, unbroken.", "{count} entries, unbroken.", verdict.entries)

    return Trial(
        key="oq-journal",
        title=_("Journal"),
        expected=_("Chains, seals and records prove."),
        run=run,
    )


def unchangeable(site: TrialSite) -> Trial:
    """Try: the database itself refuses to change a fact."""

    def run() -> str:
        try:
            _alter(site, "UPDATE attempt SET number = number + 1")
        except sa.exc.DBAPIError as refusal:
            return _("The database refused: {words}").format(words=refusal.orig)
        raise StepFailed(_("A fact was changed."))

    return Trial(
        key="oq-append-only",
        title=_("Facts stay as they are"),
        expected=_("The database refuses to change a fact, whatever program asks."),
        run=run,
    )


def found_out(site: TrialSite) -> Trial:
    """Try: a record that was altered past the program is found and named."""

    def run() -> str:
        database = site.first.open_site.site.database
        if site.attempt_id is None:
            raise StepFailed(_("There is no attempt to alter."))
        with database.write() as connection:
            guards = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'attempt'"
            ).all()
            for name, _sql in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        _alter(site, "UPDATE attempt SET number = number + 7")
        bad = site.first.journal.verify(site.boss).first_bad
        _alter(site, "UPDATE attempt SET number = number - 7")
        with database.write() as connection:
            for _name, sql in guards:
                connection.exec_driver_sql(sql)
        if bad is None or str(site.attempt_id) not in bad.what:
            raise StepFailed(_("It was not found."))
        after = site.first.journal.verify(site.boss)
        require(after.ok, _("After it was put back the journal does not prove."))
        return bad.what

    return Trial(
        key="oq-tampering",
        title=_("Altered records"),
        expected=_("A result that was altered past the program is found, and named by its id."),
        run=run,
    )


def _alter(site: TrialSite, statement: str) -> None:
    with site.first.open_site.site.database.write() as connection:
        connection.exec_driver_sql(statement)


RECORD_TRIALS = (answered, certified, signed, proved, unchangeable, found_out)

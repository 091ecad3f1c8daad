"""The program qualifies itself: every step is done with its real core, and the report is signed."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path

import pytest

from app.bootstrap.assembly import assemble
from app.bootstrap.qualifying import rehearse
from app.core.assurance import (
    Qualification,
    QualificationPart,
    Qualifications,
    StepFailed,
    StepResult,
    Trial,
)
from app.core.assurance.qualification import files
from app.core.assurance.qualification.installation import look_at_installation
from app.core.base.actor import Capability, system_actor
from app.core.base.errors import NotAllowed
from app.core.base.progress import NoProgress
from app.core.certificates import SignatureState, check_pdf_signature
from app.core.journal import Journal
from app.services import Services
from tests.support.clock import TurnedClock
from tests.support.in_touch import CHEAP, first_pc
from tests.support.logs import LoggedTrouble
from tests.support.pdfs import text_of
from tests.ui.reports.opened import somebody

BOSS = system_actor()
IQ, OQ = QualificationPart.INSTALLATION, QualificationPart.OPERATION


@pytest.fixture
def services(tmp_path: Path, clock: TurnedClock) -> Iterator[Services]:
    opened = assemble(first_pc(tmp_path, clock).opened)
    yield opened
    opened.close()


def qualifying(services: Services, *trials: Trial) -> Qualifications:
    """Return qualifications whose operation is these trials."""

    @contextmanager
    def given() -> Iterator[Sequence[Trial]]:
        yield trials

    return Qualifications(services.open_site, services.assets, given)


def cheaply() -> AbstractContextManager[Sequence[Trial]]:
    return rehearse(assemble, CHEAP)


def test_p11_01_the_program_qualifies_its_own_operation_and_the_site_signs_the_report(
    services: Services,
) -> None:
    done = Qualifications(services.open_site, services.assets, cheaply).run(
        BOSS, [OQ], NoProgress()
    )

    assert [(step.key, step.actual) for step in done.failed] == []
    assert {step.key for step in done.steps} >= {
        "oq-sign-in",
        "oq-lock-out",
        "oq-answer",
        "oq-tampering",
        "oq-certificate",
        "oq-signature",
        "oq-backup",
        "oq-sync",
    }
    assert all(step.result is StepResult.PASSED for step in done.steps)
    report = services.qualifications.report(BOSS, done.id).content
    trusted = [services.open_site.keys.register.trusted().pdf_certificate]
    assert check_pdf_signature(report, trusted).state is SignatureState.VALID
    changed = report.replace(b"/Title", b"/Titel", 1)
    assert check_pdf_signature(changed, trusted).state is SignatureState.CHANGED
    assert services.qualifications.past(BOSS) == (done,)
    assert Journal(services.open_site.site, services.open_site.station).verify(BOSS).ok


def test_p11_01_the_installation_is_looked_at_step_by_step(services: Services) -> None:
    done = services.qualifications.run(BOSS, [IQ], NoProgress())
    by_key = {step.key: step for step in done.steps}

    assert [(step.key, step.actual) for step in done.failed] == []
    assert by_key["iq-program"].result is StepResult.NOT_APPLICABLE
    assert "SHA-256" in by_key["iq-program"].actual
    assert by_key["iq-parts"].result is StepResult.PASSED
    assert by_key["iq-part-files"].result is StepResult.PASSED
    assert "SQLite 3." in by_key["iq-database-engine"].actual
    assert by_key["iq-key-folder"].result is StepResult.PASSED
    assert by_key["iq-encryption"].result is StepResult.PASSED


def test_what_was_not_as_expected_is_told_and_printed(
    services: Services, tmp_path: Path, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("a trial broke: b")

    def breaks() -> str:
        raise StepFailed("the door stood open")

    def falls_over() -> str:
        raise ZeroDivisionError("by nothing")

    done = qualifying(
        services,
        Trial(key="a", title="Door", expected="It is shut.", run=breaks),
        Trial(key="b", title="Sum", expected="It adds up.", run=falls_over),
        Trial(key="c", title="Lamp", expected="It is lit.", run=lambda: "lit"),
    ).run(BOSS, [OQ], NoProgress())

    assert not done.is_passed
    assert [step.actual for step in done.failed] == [
        "the door stood open",
        "ZeroDivisionError: by nothing",
    ]
    report = tmp_path / "report.pdf"
    report.write_bytes(services.qualifications.report(BOSS, done.id).content)
    words = text_of(report)
    for said in ("the door stood open", "It is shut.", "Failed", "2 steps failed.", "lit"):
        assert said in words


def test_keys_that_others_can_read_fail_the_installation(services: Services) -> None:
    key = services.open_site.authority.folder.path / "station.key"
    key.chmod(0o644)

    steps = look_at_installation(services.open_site, NoProgress())
    (found,) = (step for step in islice(steps, 12) if step.key == "iq-key-folder")

    assert found.result is StepResult.FAILED
    assert "station.key" in found.actual


def test_a_bundle_is_compared_with_the_list_of_its_build(tmp_path: Path) -> None:
    program = tmp_path / "daksha" / "_internal"
    program.mkdir(parents=True)
    for name in ("daksha", "_internal/one.so", "_internal/two.txt"):
        (tmp_path / "daksha" / name).write_text(name)

    assert files.write_list(tmp_path / "daksha", program) == 3
    hashes = files.list_of_hashes(program)
    assert hashes is not None
    assert files.altered_in_list(hashes, program) == []
    (program / "two.txt").write_text("something else")
    (program / "one.so").unlink()
    assert files.altered_in_list(hashes, program) == ["_internal/one.so", "_internal/two.txt"]


def test_an_auditor_sees_what_was_qualified_and_qualifies_nothing(services: Services) -> None:
    done: Qualification = qualifying(services).run(BOSS, [OQ], NoProgress())
    auditor = somebody("Auditor", Capability.VIEW_JOURNAL)

    assert services.qualifications.past(auditor) == (done,)
    with pytest.raises(NotAllowed):
        services.qualifications.run(auditor, [IQ], NoProgress())
    with pytest.raises(NotAllowed):
        services.qualifications.past(somebody("Nobody"))

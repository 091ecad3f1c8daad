"""A practical that both have signed gives a certificate; what nobody passed gives none."""

from dataclasses import replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from app.core.base.progress import NoProgress
from app.core.certificates import CertificateBasis, Certificates, VerificationStatus, verify_with
from app.core.signatures import as_read
from app.core.training.practicals import AssessmentVerdict, Hand
from app.core.training.requirements import RequirementChange
from tests.core.training.conftest import verified
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, first_pc
from tests.support.practicals import SYSTEM, TODAY, Floor, furnish
from tests.support.signers import door_of, found_administrator
from tests.support.teaching import a_school


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> Pc:
    first = first_pc(tmp_path / "one", clock)
    found_administrator(first)
    return first


@pytest.fixture
def certificates(pc: Pc) -> Certificates:
    return Certificates(pc.opened.site, pc.assets, pc.opened.authority, pc.opened.code)


@pytest.fixture
def floor(pc: Pc, certificates: Certificates) -> Floor:
    floor = furnish(door_of(pc), a_school(pc.opened.site).training)
    floor.practicals.signing.on_credited.append(certificates.issue_for_credit)
    return floor


def test_what_both_have_signed_is_certified(
    pc: Pc, floor: Floor, certificates: Certificates
) -> None:
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    assert certificates.my_certificates(floor.asha) == ()

    floor.sign(result, Hand.ASSESSOR, floor.ravi)

    (given,) = certificates.my_certificates(floor.asha)
    assert (given.basis, given.course_title) == (
        CertificateBasis.PRACTICAL,
        "Lock out and tag out",
    )
    assert (given.course_id, given.version, given.score) == (None, None, None)
    assert given.valid_until == TODAY.replace(year=TODAY.year + 1)
    assert certificates.make_missing_documents(NoProgress()) == 1
    found = verify_with(
        [pc.opened.authority.trusted()], certificates.document(floor.asha, given.id), TODAY
    )
    assert (found.status, found.is_document) == (VerificationStatus.VALID, True)
    assert verified(pc.opened.site)


@pytest.mark.parametrize("look", ["classic", "modern"])
def test_part11_11_50_the_page_names_the_assessor_what_it_means_and_when(
    floor: Floor, certificates: Certificates, look: str
) -> None:
    catalogue = floor.training.catalogue
    terms = replace(catalogue.detail(SYSTEM, floor.loto).summary.terms, template=look)
    catalogue.change(SYSTEM, floor.loto, RequirementChange(terms=terms))
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    (given,) = certificates.my_certificates(floor.asha)

    paper = certificates.document(floor.asha, given.id)

    line = floor.door.signatures.under(*floor.record().signing_ids)[1]
    with PdfDocument(paper) as pages:
        text = pages[0].get_textpage().get_text_range()
    for words in ("Signed electronically", "Ravi Das (E-9)", "Assessed competent", as_read(line)):
        assert words in text
    assert certificates.document(floor.asha, given.id) == paper


def test_who_is_not_competent_yet_gets_none(floor: Floor, certificates: Certificates) -> None:
    floor.practise()
    result = floor.assess(AssessmentVerdict.NOT_YET, missed=0, remark="Once more")
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    assert certificates.my_certificates(floor.asha) == ()

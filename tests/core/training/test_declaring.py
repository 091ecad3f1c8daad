"""Declaring: the wording is read, said for oneself and kept word for word; it counts by the terms."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.errors import NotFound
from app.core.base.paging import PageRequest
from app.core.people import Audience, People, PersonChange, PersonId, ProvedPresent, Reads
from app.core.reports import Reports
from app.core.reports.as_of import AS_OF
from app.core.signatures import Meaning, ReadOtherwise
from app.core.training import ComesFirst, RequirementType, Terms, TrainingRefused, Validity
from app.core.training.assignments import EnteredEvidence, State
from app.core.training.controlled import WitnessAsked, WitnessRefused
from app.core.training.declaring import MyDeclaration
from app.core.training.declaring.errors import DeclaredBySignature, DeclaredOtherwise
from app.core.training.errors import WordingsOutdated
from app.core.training.requirements import NewRequirement, RequirementChange
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, Office, an_office, learner, office_of, people_adder
from tests.support.in_touch import another_pc, first_pc
from tests.support.older import an_older_program

WORDS = "I have no interest in any supplier of this plant.\nI say so if that changes."
HINDI = "मेरा इस संयंत्र के किसी आपूर्तिकर्ता में कोई हित नहीं है।"
DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


@pytest.fixture
def asha(office: Office) -> Actor:
    return learner(people_adder(office.site)("E-2"))


def declaration(office: Office, *, signed: bool = False, code: str = "COI") -> UUID:
    """Add one that is to be made each year, in two languages."""
    terms = Terms(from_on=office.today, validity=Validity.MONTHS, valid_count=12, signed=signed)
    new = NewRequirement(
        code=code, title="No interest", type=RequirementType.DECLARATION, wording=WORDS, terms=terms
    )
    made = office.training.catalogue.add(AUTHOR, new)
    in_hindi = RequirementChange(titles={"hi": "हित नहीं"}, wordings={"hi": HINDI, "ta": " "})
    office.training.catalogue.change(AUTHOR, made, in_hindi)
    office.training.assign(
        AUTHOR, code, Audience(), due_on=office.today + 7 * DAY, origin="Works there"
    )
    return made


def only(office: Office, who: Actor) -> MyDeclaration:
    (one,) = office.training.declarations.mine(who)
    return one


def test_a_declaration_is_read_in_ones_language_made_once_and_asked_again_when_it_expires(
    office: Office, asha: Actor, clock: TurnedClock
) -> None:
    declaration(office)
    declarations = office.training.declarations
    read = only(office, asha)
    assert (read.statement, read.language, read.is_done) == (WORDS, "", False)
    hindi = only(office, replace(asha, language="hi"))
    assert (hindi.title, hindi.statement, hindi.language) == ("हित नहीं", HINDI, "hi")

    fact = declarations.declare(replace(asha, language="hi"), hindi)

    done = only(office, asha)
    assert (done.is_done, done.valid_until) == (True, date(2027, 11, 23))
    with pytest.raises(TrainingRefused, match="on record already"):
        declarations.declare(asha, read)
    assert asha.person_id is not None
    (one,) = Reports(office.site).dossiers.of(AUTHOR, asha.person_id).evidence
    assert (one.kind, one.state, one.valid_until) == ("declared", "counts", date(2027, 11, 23))
    (stands,) = office.training.assignments.of_person(AUTHOR, asha.person_id)
    assert stands.stands.state is State.COMPLETED

    clock.turn(timedelta(days=345))
    office.training.begin_day(SYSTEM)
    again = only(office, asha)
    assert not again.is_done
    assert declarations.declare(asha, again) != fact
    assert only(office, asha).is_done
    with office.site.read() as session:
        kept = session.execute(sa.text("SELECT statement, language FROM declaration ORDER BY at"))
        assert [tuple(row) for row in kept] == [(HINDI, "hi"), (WORDS, "")]
    assert verified(office.site)


def test_where_the_terms_ask_for_it_the_very_words_are_signed(office: Office) -> None:
    declaration(office, signed=True)
    declarations, meera = office.training.declarations, office.meera
    read = only(office, meera)
    assert read.needs_signature
    with pytest.raises(DeclaredBySignature):
        declarations.declare(meera, read)
    with pytest.raises(ReadOtherwise):
        declarations.declare(meera, read, office.signed("Something else"))

    fact = declarations.declare(meera, read, office.signed(read.text))

    assert meera.person_id is not None
    dossier = Reports(office.site, office.pc.opened.keys).dossiers.of(AUTHOR, meera.person_id)
    (signed,) = [one for one in dossier.signatures if one.record_id == fact]
    assert signed.line.meaning == Meaning.ACKNOWLEDGED
    assert signed.what == "Declaration made"
    assert verified(office.site)


def test_another_wording_leaves_nobody_to_declare_what_it_was_in_their_own_language(
    office: Office, asha: Actor
) -> None:
    made, change = declaration(office), office.training.catalogue.change
    hindi = replace(asha, language="hi")
    new = "I have no interest in any supplier or customer."
    for wordings in (None, {"hi": HINDI}):
        with pytest.raises(WordingsOutdated, match="declaring what it was"):
            change(AUTHOR, made, RequirementChange(wording=new, wordings=wordings))
    assert only(office, asha).statement == WORDS

    change(AUTHOR, made, RequirementChange(wording=new, wordings={}))
    assert only(office, hindi).statement == new  # rather the site's own words than old ones
    change(AUTHOR, made, RequirementChange(wordings={"hi": HINDI}))
    changed = RequirementChange(wording=new + ".", wordings={"hi": HINDI + "।"})
    change(AUTHOR, made, changed)
    change(AUTHOR, made, RequirementChange(wording=new, wordings_hold=True))
    assert (only(office, asha).statement, only(office, hindi).statement) == (new, HINDI + "।")


def test_what_was_changed_after_it_was_read_is_not_declared(office: Office, asha: Actor) -> None:
    made = declaration(office)
    read = only(office, asha)
    office.training.catalogue.change(
        AUTHOR, made, RequirementChange(wording="I have one.", wordings_hold=True)
    )
    with pytest.raises(DeclaredOtherwise, match="changed after you read it"):
        office.training.declarations.declare(asha, read)
    assert not only(office, asha).is_done
    read = only(office, asha)
    renamed = RequirementChange(title="No interest in any supplier")
    office.training.catalogue.change(AUTHOR, made, renamed)
    with pytest.raises(DeclaredOtherwise, match="changed after you read it"):
        office.training.declarations.declare(asha, read)  # unsigned: what it is called is kept, too


def test_who_needs_somebody_to_read_along_declares_with_who_read_it_to_them(
    office: Office, asha: Actor
) -> None:
    declaration(office)
    assert asha.person_id is not None
    other = people_adder(office.site)("E-3", "PRESS", "FITTER")
    People(office.site).edit(AUTHOR, PersonId(asha.person_id), PersonChange(reads=Reads.ALONG))
    declarations, read = office.training.declarations, only(office, asha)
    assert read.needs_witness
    with pytest.raises(WitnessAsked):
        declarations.declare(asha, read)
    with pytest.raises(WitnessRefused):
        declarations.declare(asha, read, witness=ProvedPresent(asha.person_id))
    declarations.declare(asha, read, witness=ProvedPresent(other))
    (one,) = Reports(office.site).dossiers.of(AUTHOR, asha.person_id).evidence
    assert (one.kind, one.second) == ("declared", "Person E-3")


def test_only_a_declaration_has_a_wording_and_without_one_there_is_nothing_to_declare(
    office: Office, asha: Actor
) -> None:
    made = declaration(office)
    catalogue = office.training.catalogue
    catalogue.change(AUTHOR, made, RequirementChange(wording=""))
    assert office.training.declarations.mine(asha) == ()
    with pytest.raises(NotFound):
        office.training.declarations.coded(asha, "COI")
    drill = NewRequirement(
        code="DRILL",
        title="Drill",
        type=RequirementType.DRILL,
        wording="So it is",
        terms=Terms(from_on=office.today, validity=Validity.FOR_GOOD),
    )
    with pytest.raises(TrainingRefused, match="Only a declaration"):
        catalogue.add(AUTHOR, drill)
    with pytest.raises(TrainingRefused, match="too long"):
        catalogue.change(AUTHOR, made, RequirementChange(wording="so " * 2000))
    with pytest.raises(TrainingRefused, match="no language"):
        catalogue.change(AUTHOR, made, RequirementChange(wordings={"tlh": "So it is"}))


def test_a_paper_meets_a_declaration_as_before(office: Office, asha: Actor) -> None:
    made = declaration(office)
    assert asha.person_id is not None
    paper = EnteredEvidence(obtained_on=office.today, issuer="Head office")
    office.training.assignments.evidence.enter(AUTHOR, asha.person_id, made, paper)
    found = only(office, asha)
    assert found.is_done
    with pytest.raises(TrainingRefused, match="on record already"):
        office.training.declarations.declare(asha, found)


def test_nobody_declares_what_is_not_theirs_or_what_something_comes_before(
    office: Office, asha: Actor
) -> None:
    made = declaration(office)
    before = declaration(office, code="FIRST")
    office.training.catalogue.change(AUTHOR, made, RequirementChange(prerequisites=(before,)))
    declarations = office.training.declarations
    first, second = declarations.coded(asha, "first"), declarations.coded(asha, "COI")
    assert second.comes_first == ("No interest",)
    with pytest.raises(ComesFirst):
        declarations.declare(asha, second)
    declarations.declare(asha, first)
    declarations.declare(asha, second)
    stranger = learner(people_adder(office.site)("E-9", "PRESS", "FITTER"))
    with pytest.raises(NotFound):
        declarations.declare(stranger, first)


def test_what_was_declared_on_one_pc_counts_on_the_other(
    tmp_path: Path, clock: TurnedClock
) -> None:
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    office = an_office(one, tmp_path / "files")
    asha = learner(people_adder(office.site)("E-2"))
    declaration(office)
    office.training.declarations.declare(asha, only(office, asha))
    stick = tmp_path / "stick"
    stick.mkdir()
    two.take(one.send(stick, two))

    there = office_of(two, tmp_path / "others")
    found = only(there, asha)
    assert (found.is_done, found.statement, found.valid_until) == (True, WORDS, date(2027, 11, 23))
    assert asha.person_id is not None
    (record,) = Reports(there.site).dossiers.of(AUTHOR, asha.person_id).evidence
    assert record.kind == "declared"
    assert verified(there.site)


def test_an_older_program_carries_what_was_declared_to_one_that_knows_it(
    tmp_path: Path, clock: TurnedClock
) -> None:
    one = first_pc(tmp_path / "one", clock)
    older = another_pc(one, tmp_path / "two", clock)
    third = another_pc(one, tmp_path / "three", clock)
    office = an_office(one, tmp_path / "files")
    asha = learner(people_adder(office.site)("E-2"))
    declaration(office)
    office.training.declarations.declare(asha, only(office, asha))
    stick = tmp_path / "stick"
    stick.mkdir()
    with an_older_program(tables=("declaration",), columns={"requirement": "wordings"}):
        taken = older.take(one.send(stick, older))
        assert (taken.refused, taken.waiting) == (0, 0)
        assert verified(older.opened.site)
        assert asha.person_id is not None
        listed = office_of(older, tmp_path / "older").training.assignments
        (mine,) = listed.of_person(AUTHOR, asha.person_id)
        assert mine.stands.state is State.COMPLETED  # the credit counts there all the same
        carried = older.send(stick, third)
    assert third.take(carried).refused == 0

    found = only(office_of(third, tmp_path / "others"), replace(asha, language="hi"))
    assert (found.is_done, found.statement) == (True, HINDI)
    with third.opened.site.read() as session:
        assert session.scalar(sa.text("SELECT statement FROM declaration")) == WORDS
    assert verified(third.opened.site)


def missing(
    office: Office, *pairs: tuple[str, str], on: date | None = None
) -> list[tuple[str, str]]:
    """Return who is in the report of missing declarations, and why, by department."""
    then = [(AS_OF, on.isoformat())] if on else []
    request = PageRequest().filtered_by([*pairs, *then])
    table = Reports(office.site).table(AUTHOR, "declarations-missing", request)
    keys = [one.key for one in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    return [(str(row["number"]), str(row["missing"])) for row in rows]


def test_the_report_names_who_has_not_declared_and_whose_declaration_lapsed(
    office: Office, asha: Actor, clock: TurnedClock
) -> None:
    ravi = learner(people_adder(office.site)("E-3", unit="PRESS", role="PRS"))
    declaration(office)
    both = [("E-2", "not-declared"), ("E-3", "not-declared")]
    assert [one for one in missing(office) if one[0] in {"E-2", "E-3"}] == both

    office.training.declarations.declare(asha, only(office, asha))
    assert ("E-2", "not-declared") not in missing(office)
    assert ("E-3", "not-declared") in missing(office, ("requirement", "coi"))

    declared_on = office.today
    clock.turn(timedelta(days=400))
    office.training.begin_day(SYSTEM)
    assert ("E-2", "lapsed") in missing(office, ("missing", "lapsed"))
    assert ("E-3", "not-declared") in missing(office, ("missing", "not-declared"))
    assert ("E-2", "lapsed") not in missing(office, on=declared_on)
    assert ravi.person_id is not None
    People(office.site).leave(AUTHOR, PersonId(ravi.person_id))
    assert "E-3" not in dict(missing(office))

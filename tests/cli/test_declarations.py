"""`requirements … --wording`, `training declarations` and `training declare`: a declaration by command alone."""

from pathlib import Path
from uuid import UUID

import pytest

from app.cli import requirements, training
from app.core.people import People, PersonChange, PersonId, Reads, SignIn
from app.core.training import TrainingRefused
from app.core.training.controlled import WitnessAsked
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.documents import AUTHOR, Office, an_office, people_adder
from tests.support.in_touch import first_pc
from tests.support.signers import LIGHT, LOGIN, PASSWORD

HINDI = "मेरा कोई हित नहीं है।"


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


def line(office: Office, group: str) -> CommandLine:
    commands = {"requirements": requirements.commands, "training": training.commands}[group]
    site = office.site
    typed = CommandLine(
        group,
        commands,
        training=office.training,
        signatures=office.door.signatures,
        sign_in=SignIn(site, LIGHT),
        open_site=office.pc.opened,
    )
    return typed.acting_as(office.meera, LOGIN)


def add(office: Office, *more: object) -> None:
    """Add a declaration by command, and assign it to everybody."""
    typed = line(office, "requirements")
    kind = ("--type", "declaration", "--wording", "I have no interest.", "--valid", "12m")
    added = typed.answer("add", "COI", "No interest", *kind)
    assert (added["wording"], added["wordings"]) == ("I have no interest.", {})
    changed = typed.answer("change", "COI", "--wording-in", f"hi={HINDI}", *more)
    assert changed["wordings"] == {"hi": HINDI}
    assert typed.answer("show", "COI")["wording"] == "I have no interest."
    with pytest.raises(TrainingRefused, match="declaring what it was"):
        typed.told("change", "COI", "--wording", "I have none.")
    for said in ("I have none.", "I have no interest."):
        told = typed.answer("change", "COI", "--wording", said, "--wordings-hold")
        assert (told["wording"], told["wordings"]) == (said, {"hi": HINDI})
    office.assign("COI")


def test_a_declaration_is_written_read_and_made_with_a_signature(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    add(office)
    typed = line(office, "training")
    assert "COI\tNo interest\tTo be declared\nI have no interest." in typed.told("declarations")
    (listed,) = typed.answer("declarations")["declarations"]
    assert (listed["done"], listed["signed"], listed["language"]) == (False, True, "")

    made = typed.answer("declare", "coi")

    assert (made["done"], made["statement"]) == (True, "I have no interest.")
    assert made["valid_until"] == "2027-11-23"
    (signature,) = office.door.signatures.under(UUID(made["declaration"]))
    assert signature.name == office.meera.name
    with pytest.raises(TrainingRefused, match="on record already"):
        typed.told("declare", "COI")


def test_who_needs_somebody_to_read_along_names_them_and_they_give_their_pin(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(office, "--no-signed")
    other = people_adder(office.site)("E-3")
    accounts = SignIn(office.site, LIGHT).accounts
    accounts.set_pin(AUTHOR, accounts.give_account(AUTHOR, other), "739246", must_change=False)
    assert office.meera.person_id is not None
    along = PersonChange(reads=Reads.ALONG)
    People(office.site).edit(AUTHOR, PersonId(office.meera.person_id), along)
    typed = line(office, "training")
    with pytest.raises(WitnessAsked):
        typed.told("declare", "COI")
    monkeypatch.setenv("DAKSHA_SECOND_PASSWORD", "739246")
    assert "Declared: COI" in typed.told("declare", "COI", "--witness", "E-3")
    assert typed.answer("declarations")["declarations"][0]["done"]

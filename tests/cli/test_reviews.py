"""`reviews` and `incidents`: signing what was looked at and closing what went wrong, from the command line."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap.assembly import assemble
from app.cli import incidents, reviews
from app.core.signatures import Proof
from app.services import Services
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.in_touch import first_pc
from tests.support.signers import LIGHT, LOGIN, PASSWORD, found_administrator


@pytest.fixture
def services(
    tmp_path: Path, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Services]:
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    pc = first_pc(tmp_path, clock)
    found_administrator(pc)
    opened = assemble(pc.opened, LIGHT)
    boss = opened.sign_in.sign_in(LOGIN, PASSWORD).actor
    opened.signatures.accept_statement(boss, Proof(name=LOGIN, password=PASSWORD))
    yield opened
    opened.close()


def line(services: Services, group: str) -> CommandLine:
    boss = services.sign_in.sign_in(LOGIN, PASSWORD).actor
    module = {"reviews": reviews, "incidents": incidents}[group]
    given = {
        name: getattr(services, name)
        for name in (
            "open_site",
            "egress",
            "signatures",
            "audit_reviews",
            "oversight_rules",
            "incidents",
            "reader_tests",
            "evaluations",
        )
    }
    return CommandLine(group, module.commands, **given).acting_as(boss, LOGIN)


def test_a11_09_a_review_is_asked_for_told_as_overdue_and_signed(
    services: Services, clock: TurnedClock
) -> None:
    typed = line(services, "reviews")
    told = typed.told("rule", "--review-days", 10, "--reason", "SOP QA-021")
    assert "within 10 days" in told
    clock.turn(timedelta(days=30))
    typed = line(services, "reviews")
    (_now, november) = typed.answer("months")["months"]
    assert (november["first"], november["overdue"]) == ("2026-11-01", True)

    typed.answer("sign", "2026-11-01", "2026-11-30", "--findings", "Nothing.")

    (_now, november) = typed.answer("months")["months"]
    assert (november["overdue"], november["review"]["findings"]) == (False, "Nothing.")
    assert "Reviewed\tMeera Joshi" in typed.told("months")


def test_a11_13_an_incident_is_reported_worked_on_and_closed(services: Services) -> None:
    typed = line(services, "incidents")
    incident = typed.answer(
        "report", "Printer jammed", "--what", "In the class.", "--severity", "major"
    )["incident"]
    typed.told("note", incident, "--done", "Paper taken out.")
    typed.told("close", incident, "--cause", "Damp paper.", "--done", "New paper.")

    (found,) = typed.answer("list")["incidents"]
    assert (found["open"], found["severity"]) == (False, "major")
    assert [one["done"] for one in found["steps"]] == ["Paper taken out.", "New paper."]


def test_p11_29_a_reader_is_tested(services: Services) -> None:
    typed = line(services, "reviews")
    typed.told("rule", "--reader-days", 90, "--reason", "SOP IT-009")
    (gate,) = typed.answer("reader", "Gate 1")["readers"]

    assert (gate["right"], gate["due"]) == (True, "2027-02-21")
    assert "Reads nothing." in typed.told("reader", "Gate 1", "--wrong", "Reads nothing.")


def test_a11_11_an_evaluation_is_written(services: Services, tmp_path: Path) -> None:
    out = tmp_path / "evaluation.pdf"
    line(services, "reviews").told("evaluation", "2026-01-01", "2026-11-23", "--out", out)

    assert out.read_bytes().startswith(b"%PDF")

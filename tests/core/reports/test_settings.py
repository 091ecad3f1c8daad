"""Papers say under which settings they were made."""

import json
from datetime import timedelta
from pathlib import Path

from app.core.base.actor import system_actor
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import PasswordRule, PasswordRules
from app.core.reports import Reports
from app.core.reports.settings_in_force import settings_fingerprint
from app.core.training.drills.models import DrillKind, DrillRuleRow
from tests.support.clock import TurnedClock
from tests.support.pdfs import text_of

BOSS = system_actor()


def fingerprint(site: Site) -> str:
    return Reports(site).table(BOSS, "overdue", PageRequest()).settings


def test_a11_10_a_change_of_a_setting_needs_a_reason_and_is_another_fingerprint_on_the_next_report(
    site: Site, tmp_path: Path
) -> None:
    before = fingerprint(site)
    PasswordRules(site).say(BOSS, PasswordRule(days=90), "SOP IT-003")
    after = fingerprint(site)

    assert len(before) == len(after) == 16
    assert before != after
    reports = Reports(site)
    reports.write(BOSS, "overdue", "pdf", tmp_path / "overdue.pdf")
    reports.write(BOSS, "overdue", "json", tmp_path / "overdue.json")
    assert f"Settings in force: {after}" in text_of(tmp_path / "overdue.pdf")
    assert json.loads((tmp_path / "overdue.json").read_text("utf-8"))["settings"] == after
    PasswordRules(site).say(BOSS, PasswordRule(), "as it was")
    PasswordRules(site).say(BOSS, PasswordRule(days=90), "after all")
    assert fingerprint(site) == after


def test_the_settings_behind_it_are_listed_in_words(site: Site) -> None:
    PasswordRules(site).say(BOSS, PasswordRule(days=90, remembered=4), "SOP IT-003")

    table = Reports(site).table(BOSS, "settings", PageRequest())

    assert [row[:3] for row in table.rows] == [
        ("Rule about passwords", "After how many days", "90"),
        ("Rule about passwords", "How many do not come again", "4"),
    ]
    assert {row[4] for row in table.rows} == {table.settings}


def test_a_setting_of_a_later_day_counts_from_that_day_on(site: Site, clock: TurnedClock) -> None:
    today = clock.now().astimezone().date()
    with site.transaction(BOSS, "drill.rule") as unit:
        for days, months in ((0, 6), (10, 3)):
            unit.add(
                DrillRuleRow(
                    site_id=site.site_id,
                    drill=DrillKind.FIRE,
                    from_on=today + timedelta(days=days),
                    months=months,
                )
            )
    with site.read() as session:
        now, then, later = (
            settings_fingerprint(session, today + timedelta(days=days)) for days in (0, 9, 10)
        )

    assert now == then != later

"""Units of cmi5 courses on a person's screen: what is waived, for which reason, and who sees nothing."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Actor
from app.core.courses import Outline
from app.core.learning import WaiveReason
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.jobs import JobRunner
from app.ui.people.person_screen import PersonScreen
from tests.support.archives import zip_at
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import published
from tests.support.wired_pages import cmi5_units
from tests.ui.reports.opened import Desk, auditor, check_usable, put, settle


@pytest.fixture
def begun(services: Services, asha: Actor, tmp_path: Path) -> Actor:
    """A learner who has begun a course of two units."""
    site = services.open_site.site
    archive = zip_at(tmp_path / "package.zip", cmi5_units("Alarms", "Exits"))
    lesson = a_package_lesson(site, services.assets, archive)
    services.learning.begin(asha, published(site, Outline(title="Fire", lessons=(lesson,))))
    return asha


def waive_buttons(screen: PersonScreen) -> list[Button]:
    return [one for one in screen.units.findChildren(Button) if one.isVisible()]


def test_a_unit_is_waived_for_a_reason(
    desk: Desk, services: Services, begun: Actor, window: QWidget, jobs: JobRunner
) -> None:
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=begun.person_id)
    check_usable(screen)
    assert [one.accessibleName() for one in waive_buttons(screen)] == [
        "Waive: Alarms",
        "Waive: Exits",
    ]

    waive_buttons(screen)[0].click()
    sheet = screen.units.sheet
    assert sheet is not None
    (reason,) = sheet.findChildren(ComboField)
    reason.set_value(WaiveReason.EQUIVALENT_OUTSIDE)
    sheet.save_button.click()
    settle(jobs)

    assert desk.toasts == ["Recorded. It holds at once."]
    chips = [one.accessibleName() for one in screen.units.findChildren(StatusChip)]
    assert chips == ["Waived", "To do"]
    assert [one.accessibleName() for one in waive_buttons(screen)] == ["Waive: Exits"]
    alarms, exits = services.waiving.units_of(desk.actor, begun.person_id)
    assert (alarms.is_waived, alarms.is_satisfied) == (True, True)
    assert (exits.is_waived, exits.is_begun) == (False, False)


def test_who_may_not_assign_sees_no_units(
    desk: Desk, begun: Actor, window: QWidget, jobs: JobRunner
) -> None:
    desk.actor = auditor()
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=begun.person_id)

    assert screen.units.isHidden()
    assert not waive_buttons(screen)

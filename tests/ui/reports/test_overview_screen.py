"""The overview shows what the core counted, and leads to what is behind it."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.core.base.actor import Actor, Capability
from app.core.base.figures import number, percent
from app.core.people import NewPerson, PersonId
from app.core.reports import WHOLE
from app.services import Services
from app.ui.kit.cards import KpiTile, RowButton
from app.ui.kit.focus import tab_stops
from app.ui.kit.jobs import JobRunner
from app.ui.reports.overview_screen import OverviewScreen
from tests.support.plant import Plant, build_plant
from tests.ui.reports.opened import Desk, check_usable, put, settle, somebody


def _tiles(screen: OverviewScreen) -> list[KpiTile]:
    return [tile for tile in screen.tiles.cards() if isinstance(tile, KpiTile)]


def test_the_figures_are_those_of_the_core(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, services: Services
) -> None:
    counted = services.reports.overview(desk.actor)
    screen = OverviewScreen(desk)
    put(screen, window, jobs)

    shown = [tile.value() for tile in _tiles(screen)]
    assert shown == [
        percent(counted.compliance.value or 0, WHOLE),
        number(counted.overdue.value or 0),
        number(counted.expiring.value or 0),
        number(counted.active_learners.value or 0),
    ]
    assert [point.text for point in screen.trend.trend.points()] == [
        percent(point.compliance, WHOLE) for point in counted.trend if point.compliance is not None
    ]
    assert [point.label for point in screen.departments.bars.points()] == [
        bar.name for bar in counted.departments
    ]
    assert screen.attention.table.model.total() == min(6, len(counted.needs_attention))
    assert screen.getting_started.isHidden()
    check_usable(screen)


def test_tab_goes_through_the_tiles_before_the_trend(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = OverviewScreen(desk)
    put(screen, window, jobs)

    stops = tab_stops(screen)
    places = [stops.index(one) for one in (*_tiles(screen), screen.trend.turn_button)]
    assert places == sorted(places)


def test_each_tile_opens_the_report_behind_it(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = OverviewScreen(desk)
    put(screen, window, jobs)

    for tile in _tiles(screen):
        tile.click()

    assert [args["report"] for _key, args in desk.opened] == [
        "completion-by-department",
        "overdue",
        "expiring",
        "people-status",
    ]
    assert desk.opened[2][1]["filters"] == (("within", "30"),)


def test_a_row_opens_the_persons_record(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = OverviewScreen(desk)
    put(screen, window, jobs)
    first = screen.attention.table.model.row(0)
    assert first is not None

    screen.attention.table.opened.emit(first)

    assert desk.opened == [("dossier", {"person_id": first.person_id})]


def test_the_trend_turns_into_a_table(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = OverviewScreen(desk)
    put(screen, window, jobs)

    screen.trend.turn_button.click()

    model = screen.trend.twin.model()
    assert model.rowCount() == len(screen.trend.trend.points()) > 1


def test_the_journal_is_verified_from_here(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, services: Services
) -> None:
    screen = OverviewScreen(desk)
    put(screen, window, jobs)
    assert screen.system is not None

    screen.system.verify_button.click()
    assert screen.proof.is_under_way
    settle(jobs)

    verdict = screen.proof.verdict
    assert verdict is not None
    assert verdict.ok
    assert "chain intact" in screen.proof.told(0).about


def test_a_change_elsewhere_is_counted_by_itself(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, services: Services
) -> None:
    services.open_site.site.listeners.append(desk.changes.announce)
    screen = OverviewScreen(desk)
    put(screen, window, jobs)
    before = _tiles(screen)[1].value()
    late = services.reports.overview(desk.actor).needs_attention[0]
    yesterday = desk.clock.now().date() - timedelta(days=1)

    services.people.leave(desk.actor, PersonId(late.person_id), on=yesterday, reason="Moved")
    settle(jobs)

    assert _tiles(screen)[1].value() != before


def test_a_new_site_shows_the_three_steps(
    desk: Desk, window: QWidget, jobs: JobRunner, services: Services
) -> None:
    screen = OverviewScreen(desk)
    put(screen, window, jobs)

    assert screen.figures.isHidden()
    steps = screen.getting_started.findChildren(RowButton)
    for step in steps:
        step.click()
    assert [key for key, _args in desk.opened] == ["people_import", "course_import", "assign"]
    check_usable(screen)
    assert screen.getting_started.how_far.text() == "0 of 3"

    services.people.add(desk.actor, NewPerson(number="E-1", name="Asha Kulkarni"))
    screen.refresh()
    settle(jobs)
    assert screen.getting_started.how_far.text() == "1 of 3"
    screen.getting_started.findChildren(RowButton)[0].click()
    assert desk.opened[-1][0] == "people"

    build_plant(services.open_site.site, people=5)
    screen.refresh()
    settle(jobs)
    assert screen.getting_started.isHidden()
    assert not screen.figures.isHidden()


def test_who_may_not_see_the_journal_sees_no_system_facts(
    desk_of: Callable[[Actor], Desk], plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = OverviewScreen(desk_of(somebody("Trainer", Capability.VIEW_REPORTS)))
    put(screen, window, jobs)

    assert screen.system is None
    assert len(_tiles(screen)) == 4
    check_usable(screen)

"""The four figures on top of the overview, each with its past and the report behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.core.base.figures import number, percent
from app.core.base.words import _, mark
from app.core.reports import WHOLE, Overview, Tile
from app.ui.kit.cards import KpiTile
from app.ui.kit.theme import Tone

Filters = tuple[tuple[str, str], ...]
OpenReport = Callable[[str, Filters], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    title: str
    icon: str
    tone: Tone
    report: str
    filters: Filters = ()
    more_is_better: bool | None = None


_COMPLIANCE = _Look(
    title=mark("Compliance"),
    icon="shield-check",
    tone=Tone.SUCCESS,
    report="completion-by-department",
    more_is_better=True,
)
_OVERDUE = _Look(
    title=mark("Overdue"),
    icon="triangle-alert",
    tone=Tone.DANGER,
    report="overdue",
    more_is_better=False,
)
_EXPIRING = _Look(
    title=mark("Expiring in 30 days"),
    icon="calendar-clock",
    tone=Tone.WARNING,
    report="expiring",
    filters=(("within", "30"),),
)
_LEARNERS = _Look(
    title=mark("Active learners"),
    icon="users",
    tone=Tone.INFO,
    report="people-status",
    more_is_better=True,
)


def kpi_tiles(overview: Overview, open_report: OpenReport) -> list[KpiTile]:
    """Return the tiles of an overview."""
    return [
        _tile(_COMPLIANCE, overview.compliance, open_report, _share, _points(overview.compliance)),
        _tile(_OVERDUE, overview.overdue, open_report, number, _heads_of_week(overview.overdue)),
        _tile(_EXPIRING, overview.expiring, open_report, number, _more_in_week(overview.expiring)),
        _tile(
            _LEARNERS,
            overview.active_learners,
            open_report,
            number,
            _more_in_month(overview.active_learners),
        ),
    ]


def _tile(
    look: _Look, tile: Tile, open_report: OpenReport, write: Callable[[int], str], trend: str
) -> KpiTile:
    made = KpiTile(
        _(look.title),
        "–" if tile.value is None else write(tile.value),
        icon=look.icon,
        tone=look.tone,
        trend=trend,
        trend_icon=_trend_icon(tile.change),
        trend_tone=_trend_tone(look, tile.change),
        history=tuple(float(value) for _day, value in tile.series if value is not None),
    )
    made.clicked.connect(partial(_open, open_report, look))
    return made


def _open(open_report: OpenReport, look: _Look, _checked: bool = False) -> None:
    open_report(look.report, look.filters)


def _trend_icon(change: int | None) -> str:
    if not change:
        return "minus"
    return "trending-up" if change > 0 else "trending-down"


def _trend_tone(look: _Look, change: int | None) -> Tone:
    if not change:
        return Tone.NEUTRAL
    if look.more_is_better is None:
        return look.tone
    return Tone.SUCCESS if (change > 0) is look.more_is_better else Tone.DANGER


def _share(tenths: int) -> str:
    return percent(tenths, WHOLE)


def _signed(change: int) -> str:
    return f"+{number(change)}" if change > 0 else f"−{number(-change)}"


def _points(tile: Tile) -> str:
    if tile.change is None:
        return _("No earlier figure")
    if not tile.change:
        return _("No change in 30 days")
    sign = "+" if tile.change > 0 else "−"
    points = f"{sign}{abs(tile.change) // 10}.{abs(tile.change) % 10}"
    return _("{points} points in 30 days").format(points=points)


def _heads_of_week(tile: Tile) -> str:
    if tile.change is None:
        return _("No earlier figure")
    if not tile.change:
        return _("As many as a week ago")
    words = (
        _("{count} more than a week ago") if tile.change > 0 else _("{count} fewer than a week ago")
    )
    return words.format(count=number(abs(tile.change)))


def _more_in_week(tile: Tile) -> str:
    if tile.change is None:
        return _("No earlier figure")
    if not tile.change:
        return _("No change this week")
    return _("{change} this week").format(change=_signed(tile.change))


def _more_in_month(tile: Tile) -> str:
    if tile.change is None:
        return _("No earlier figure")
    if not tile.change:
        return _("No change in 30 days")
    return _("{change} in 30 days").format(change=_signed(tile.change))

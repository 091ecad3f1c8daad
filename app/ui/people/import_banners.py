"""What an HR file says that was not taken as it stands, as banners over what it would do."""

from collections.abc import Callable, Iterator, Sequence

from app.core.base.figures import day
from app.core.base.words import _, plural
from app.core.people.imports import PeoplePlan, doubtful_words
from app.ui.kit.notices import Banner
from app.ui.kit.theme import Tone
from app.ui.people.import_changes import SHOWN
from app.ui.people.words import field_words


def banners(
    plan: PeoplePlan, strange_parts: Sequence[str], ask_for_columns: Callable[[], None]
) -> Iterator[Banner]:
    """Yield them; `ask_for_columns` opens where somebody says what a column or a word means."""
    yield from _not_read(plan, strange_parts)
    yield from _unclear(plan, ask_for_columns)
    yield from _of_people(plan)


def _not_read(plan: PeoplePlan, strange_parts: Sequence[str]) -> Iterator[Banner]:
    for title, names in (
        (_("Columns not read, to protect privacy"), plan.private_columns),
        (_("Columns not known, not read"), plan.ignored_columns),
        (_("Not changed, for it belongs to others"), [field_words(one) for one in plan.closed]),
        (_("Sheets that are no list of people, not read"), strange_parts),
    ):
        if names:
            yield Banner(f"{title}: {_some(names)}", Tone.INFO)


def _unclear(plan: PeoplePlan, ask_for_columns: Callable[[], None]) -> Iterator[Banner]:
    if plan.doubtful_columns:
        banner = Banner(doubtful_words(plan), Tone.WARNING)
        banner.add_action(_("Say which day it is"), ask_for_columns)
        yield banner
    if plan.unknown_words:
        words = _("Words of the file that are not understood: {words}")
        unknown = [one.word for one in plan.unknown_words]
        banner = Banner(words.format(words=_some(unknown)), Tone.WARNING)
        banner.add_action(_("Say what they mean"), ask_for_columns)
        yield banner


def _of_people(plan: PeoplePlan) -> Iterator[Banner]:
    if plan.twins:
        words = _(
            "Of the name and day of joining of somebody here, whose number is in brackets: {names}. If that is"
            " who they are, give them their new number first."
        )
        names = [f"{one.person.number} ({one.number})" for one in plan.twins]
        yield Banner(words.format(names=_some(names)), Tone.WARNING)
    if plan.moving_later:
        words = _("Moved by the file of that day, not today: {names}")
        names = [f"{one.number} ({day(one.moved_on)})" for one in plan.moving_later if one.moved_on]
        yield Banner(words.format(names=_some(names)), Tone.INFO)
    if plan.passed_over:
        words = plural(
            "{count} row tells of somebody who left and was never known here.",
            "{count} rows tell of people who left and were never known here.",
            plan.passed_over,
        )
        yield Banner(words, Tone.INFO)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN])

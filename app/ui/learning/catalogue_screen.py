"""The catalogue: what is offered to whoever looks, and how it stands with them. Enter opens an entry."""

from functools import partial

from app.core.base.actor import Capability
from app.core.base.figures import duration
from app.core.base.paging import Page, PageRequest, has_words
from app.core.base.words import _, current_language, language_name, mark
from app.core.training import REQUIREMENT_TYPES
from app.core.training.offers import CatalogueEntry, EntryState
from app.ui.kit.course_topics import topic_in_words
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.learning.entry_sheet import STATES, EntrySheet, ask_words
from app.ui.learning.learner_services import LearnerServices

_STATE, _LANGUAGE, _LONGEST, _TOPIC = "state", "language", "longest", "topic"
_QUARTER, _HOUR = 15 * 60, 60 * 60
_MOST_CHIPS = 6
"""So many languages and topics have a chip; the search finds the others."""


class CatalogueScreen(ListScreen[LearnerServices, CatalogueEntry]):
    """One list; a row opens what it is about, with what can be done."""

    topics = frozenset(
        {"catalogue_offer", "assignment", "training_request", "training_reply", "course_completion", "completion_withdrawal",
         "requirement_credit", "course_version", "requirement"}
    )  # fmt: skip

    def __init__(self, desk: Desk[LearnerServices]) -> None:
        super().__init__(
            desk,
            title=_("Catalogue"),
            subtitle=_("What you may learn of your own choice."),
        )
        self._choosing = desk.services.training.choosing
        table = DataTable(
            _("Catalogue"),
            _columns(),
            self._fetch,
            key=lambda one: one.requirement_id,
            jobs=desk.jobs,
            search=_("Search by title, topic or code"),
            menu=self._actions,
            limit=1000,
            empty=EmptyState(_("Nothing is offered to you at the moment."), icon="library"),
        )
        table.filters.add(_STATE, "free", _("For me to take"))
        table.filters.add(_LONGEST, str(_QUARTER), _("Up to 15 minutes"))
        table.filters.add(_LONGEST, str(_HOUR), _("Up to 1 hour"))
        table.opened.connect(self.open_entry)
        self._known: tuple[CatalogueEntry, ...] = ()
        table.loaded.connect(self._add_chips)
        self.put_table(table)

    def open_entry(self, one: CatalogueEntry) -> None:
        """Show what it is about, and what can be done."""
        EntrySheet(self, one, self._actions(one)).open()

    def _fetch(self, request: PageRequest) -> Page[CatalogueEntry]:
        self._known = self._choosing.entries(self.desk.actor)
        found = [one for one in self._known if _is_wanted(one, request)]
        found.sort(key=lambda one: _order(one, request.sort), reverse=request.descending)
        return Page.cut(found, request)

    def _add_chips(self) -> None:
        """Offer the languages and topics that there are, where they are several."""
        languages = dict.fromkeys(code for one in self._known for code in one.languages)
        topics = dict.fromkeys(one.topic for one in self._known if topic_in_words(one.topic))
        for key, values in ((_LANGUAGE, languages), (_TOPIC, topics)):
            for value in list(values)[:_MOST_CHIPS] if len(values) > 1 else ():
                if not self.table.filters.offers((key, value)):
                    words = language_name(value) if key == _LANGUAGE else topic_in_words(value)
                    self.table.filters.add(key, value, words)

    def _actions(self, one: CatalogueEntry) -> list[RowAction]:
        actions = []
        if one.state is EntryState.TO_TAKE:
            actions.append(RowAction(_("Take"), partial(self.take, one), "plus"))
        if one.state is EntryState.TO_ASK:
            actions.append(RowAction(_("Ask for it"), partial(ask_words, self, one), "send"))
        if one.course_id is not None and one.state in _THEIRS:
            go = partial(self.desk.open, "course", course_id=one.course_id)
            actions.append(RowAction(_("Open the course"), go, "book-open"))
        if one.may_drop:
            actions.append(RowAction(_("Give it back"), partial(self.drop, one), "rotate-ccw"))
        return actions

    def take(self, one: CatalogueEntry) -> None:
        """Let the learner have it at once."""
        choosing, actor = self._choosing, self.desk.actor
        told = _("{title} is yours. You find it on your home.").format(title=called(one))
        self.act(
            lambda _progress: choosing.take(actor, one.requirement_id),
            lambda _id: self.desk.toast(told),
        )

    def drop(self, one: CatalogueEntry) -> None:
        """Let the learner give it back; it can be taken again."""
        choosing, actor = self._choosing, self.desk.actor
        told = _("{title} is given back.").format(title=called(one))
        self.act(
            lambda _progress: choosing.drop(actor, one.requirement_id),
            lambda _none: self.desk.toast(told),
        )


_THEIRS = frozenset({EntryState.DONE, EntryState.ASSIGNED, EntryState.CHOSEN})


def called(one: CatalogueEntry) -> str:
    """Return the title in the language that is shown."""
    return one.title_in(current_language())


def _order(one: CatalogueEntry, key: str) -> tuple[int, str, str]:
    """Return what an entry is sorted by; by title unless a column says something else."""
    title = called(one).casefold()
    if key == "time":
        return one.seconds, title, one.code
    if key == "state":
        return list(EntryState).index(one.state), title, one.code
    return 0, f"{one.type.value} {title}" if key == "type" else title, one.code


def _is_wanted(one: CatalogueEntry, request: PageRequest) -> bool:
    free = one.state in {EntryState.TO_TAKE, EntryState.TO_ASK}
    longest = max(map(int, request.values(_LONGEST)), default=0)
    languages, topics = request.values(_LANGUAGE), request.values(_TOPIC)
    return (
        has_words(f"{one.search} {topic_in_words(one.topic)}", request.text)
        and (free or not request.values(_STATE))
        and (not longest or 0 < one.seconds <= longest)
        and (not languages or not set(languages).isdisjoint(one.languages))
        and (not topics or one.topic in topics)
    )


def _columns() -> list[Column[CatalogueEntry]]:
    return [
        text_column("title", _("Title"), called, under=_under, stretch=3),
        text_column(
            "type", _("Type"), lambda one: _(REQUIREMENT_TYPES[one.type]), width=150, fold_below=860
        ),
        text_column(
            "languages", _("Languages"), _languages, width=150, sortable=False, fold_below=760
        ),
        text_column("time", _("Takes"), lambda one: _takes(one) or "–", width=100),
        chip_column("state", _("With you"), state_of, width=190),
    ]


def state_of(one: CatalogueEntry) -> tuple[str, Tone]:
    """Return how it stands with whoever looks, as a chip."""
    words, tone = STATES[one.state]
    return _(words), tone


def _under(one: CatalogueEntry) -> str:
    return " · ".join(filter(None, (topic_in_words(one.topic), one.code)))


def _languages(one: CatalogueEntry) -> str:
    return ", ".join(language_name(code) for code in one.languages) or "–"


def _takes(one: CatalogueEntry) -> str:
    return duration(one.seconds) if one.seconds else ""


SPEC = ScreenSpec(
    key="catalogue",
    title=mark("Catalogue"),
    icon="library",
    needs=Capability.LEARN,
    factory=CatalogueScreen,
    beneath="home",
)

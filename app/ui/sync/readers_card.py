"""For whom sync files are written: one PC or site, or several of them, and what each has already."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal

from app.core.base.figures import size
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, plural
from app.core.sync import ExportPlan, Peer, PeerState, readers_of
from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import EmptyState
from app.ui.kit.tables.chosen import chosen_keys
from app.ui.kit.tables.columns import Cell, Column, chip_column, paint_text, text_column
from app.ui.kit.tables.selection import Selection
from app.ui.kit.tables.table import DataTable
from app.ui.sync.register import Register
from app.ui.sync.standing import entries, peer_in_words

_SHOWN_ROWS = 6


@dataclass(frozen=True, slots=True)
class _Line:
    state: PeerState
    lacks: ExportPlan | None
    """None while it is not known what it lacks of the files of courses."""

    @property
    def size(self) -> int:
        return sum(one.size for one in self.lacks.lacking.fresh) if self.lacks else 0

    @property
    def whole(self) -> int:
        return sum(one.whole for one in self.lacks.lacking.fresh) if self.lacks else 0


class ReadersCard(Card):
    """At first whoever was asked for is chosen, else the only one there is, else all PCs of this site."""

    edited = Signal()

    def __init__(self, jobs: JobRunner, now: datetime) -> None:
        super().__init__(_("For whom"))
        self._now = now
        self._states: dict[str, PeerState] = {}
        self._plans: Mapping[str, ExportPlan] = {}
        self._seen: frozenset[str] = frozenset()
        self.all_pcs = Button(_("All PCs of this site"), icon="monitor", dense=True)
        self.all_pcs.on_press(lambda: self._choose_kind(is_own=True))
        self.all_sites = Button(_("All other sites"), icon="building-2", dense=True)
        self.all_sites.on_press(lambda: self._choose_kind(is_own=False))
        for button in (self.all_pcs, self.all_sites):
            self.add_action(button)
        self.table: DataTable[_Line] = DataTable(
            _("PCs and sites"),
            _columns(now),
            self._fetch,
            key=lambda line: line.state.peer.key,
            jobs=jobs,
            search=_("Search PCs and sites"),
            selectable=True,
            empty=EmptyState(_("Nobody to write for."), icon="monitor"),
        )
        self.table.fit_rows(_SHOWN_ROWS)
        self.table.selection_changed.connect(self._tell)
        self.body.addWidget(self.table)
        self._what = column(gap=8)
        self.body.addLayout(self._what)

    def show_peers(self, states: Sequence[PeerState], wanted: Collection[str]) -> None:
        """Offer whom anything goes to; `wanted` are chosen, by key. What was chosen stays chosen otherwise."""
        self._states = {state.peer.key: state for state in states}
        own = [key for key, state in self._states.items() if state.peer.is_own_site]
        sites = len(self._states) - len(own)
        self.all_pcs.setVisible(len(own) > 1)
        self.all_sites.setVisible(sites > 1)
        self.table.setVisible(bool(states))
        asked = frozenset(self._states.keys() & set(wanted))
        if asked or not self._seen:
            only = self._states if len(self._states) == 1 else own
            self._choose(asked or frozenset(only))
        else:
            self._tell()
        self._seen = frozenset(self._states)
        self.table.refresh()

    def show_plans(self, plans: Sequence[ExportPlan]) -> None:
        """Show what each lacks of the files of courses; each plan is for one of them."""
        self._plans = {one.peers[0].key: one for one in plans}
        self.table.refresh()

    def chosen(self) -> tuple[Peer, ...]:
        """Return who is chosen, own PCs first."""
        keys = set(chosen_keys(self.table.selection(), self._fetch, _key))
        return tuple(state.peer for key, state in self._states.items() if key in keys)

    def states(self) -> tuple[PeerState, ...]:
        """Return how it stands with whoever is chosen."""
        return tuple(self._states[peer.key] for peer in self.chosen())

    def choose(self, keys: Collection[str]) -> None:
        """Let these be chosen, and nobody else."""
        self._choose(frozenset(keys))

    def _choose_kind(self, *, is_own: bool) -> None:
        """Let all of a kind be chosen beside whoever is; once more, and none of them is."""
        kind = {key for key, one in self._states.items() if one.peer.is_own_site is is_own}
        chosen = {peer.key for peer in self.chosen()}
        self._choose(frozenset(chosen - kind if kind <= chosen else chosen | kind))

    def _choose(self, keys: frozenset[str]) -> None:
        self.table.model.choose(Selection(keys=frozenset[Hashable](keys)))

    def _lines(self) -> list[_Line]:
        return [_Line(state, self._plans.get(key)) for key, state in self._states.items()]

    def _fetch(self, request: PageRequest) -> Page[_Line]:
        orders = {
            "name": lambda line: line.state.peer.label.casefold(),
            "records": lambda line: line.state.lacks,
            "courses": lambda line: line.size,
        }
        return Register(self._lines(), lambda line: line.state.peer.label, orders).page(request)

    def _tell(self) -> None:
        clear(self._what)
        states = self.states()
        readers = readers_of(state.peer for state in states)
        if len(readers) > 1:
            self._what.addWidget(_several(len(readers), sum(one.lacks for one in states)))
        else:
            for state in states:
                self._what.addWidget(_one(state))
        self.edited.emit()


def _one(state: PeerState) -> FactRow:
    title = _("{name} lacks {entries}").format(name=state.peer.label, entries=entries(state.lacks))
    about = (
        _("All that it is not known to have goes.")
        if state.has_news
        else _("Nothing new since it was last heard of. Writing a file does no harm.")
    )
    return FactRow(title, about, icon="monitor" if state.peer.is_own_site else "building-2")


def _several(readers: int, lacks: int) -> FactRow:
    files = plural("{count} file of records", "{count} files of records", readers)
    title = _("{files}, {entries}: nobody reads another's").format(
        files=files, entries=entries(lacks)
    )
    about = _(
        "PCs of this site share one file, each other site gets its own. Files of courses that several "
        "lack go once, for all of them."
    )
    return FactRow(title, about, icon="lock")


def _key(line: _Line) -> str:
    return line.state.peer.key


def _columns(now: datetime) -> list[Column[_Line]]:
    def courses(line: _Line) -> Cell:
        if line.lacks is None or not line.size:
            return Cell("", value=0)
        words = _("{size} of {whole}").format(size=size(line.size), whole=size(line.whole))
        lacked = plural(
            "{count} course",
            "{count} courses",
            sum(bool(m.course_id) for m in line.lacks.lacking.fresh),
        )
        return Cell(words, under=lacked, value=line.size)

    def name(line: _Line) -> str:
        return line.state.peer.label

    def kind(line: _Line) -> str:
        own = line.state.peer.is_own_site
        return _("Another PC of this site") if own else _("Another site")

    def on_the_way(line: _Line) -> str:
        count = line.state.on_the_way
        return plural("{count} file", "{count} files", count) if count else "–"

    return [
        text_column("name", _("PC or site"), name, under=kind, width=200, stretch=2),
        text_column("records", _("Records it lacks"), lambda line: entries(line.state.lacks),
                    width=150, fold_below=480),
        Column(key="courses", title=_("Courses it lacks"), cell=courses, paint=paint_text, width=170),
        text_column("way", _("Not acknowledged"), on_the_way, width=140, sortable=False,
                    fold_below=820),
        chip_column("state", _("State"), lambda line: peer_in_words(line.state, now), width=170,
                    sortable=False, fold_below=640),
    ]  # fmt: skip

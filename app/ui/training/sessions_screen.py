"""Sessions: what is on today, what is coming, what was; planning one, and a toolbox talk."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.paging import Page, PageRequest, has_words
from app.core.base.words import _, mark, plural
from app.core.training.sessions import SESSION_KINDS, SessionSummary, WaitingAttendance
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, number_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable
from app.ui.training.confirm_attendance import ConfirmAttendance
from app.ui.training.requirement_forms import codes_in
from app.ui.training.session_forms import SessionForm, TalkForm, blank_plan
from app.ui.training.session_hours import tell_hours
from app.ui.training.session_words import seats_in_words, state_status, when
from app.ui.training.today_bar import TodayBar

_TODAY, _COMING, _PAST = "today", "coming", "past"
_AHEAD, _BACK = timedelta(days=400), timedelta(days=800)
TOPICS = frozenset(
    {"class_session", "session_event", "session_attendance", "session_invitation",
     "session_signing", "session_verdict", "session_room", "session_trainer", "session_paper",
     "session_tally", "session_pace", "correction_verdict", "person"}
)  # fmt: skip


class SessionsScreen(ListScreen[Services, SessionSummary]):
    """One list under three tabs; a row opens the session."""

    topics = TOPICS

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Sessions"),
            subtitle=_("Classes and toolbox talks: plan them, take the roll, sign."),
        )
        self.waiting_button = plain(_("To confirm"), "badge-check").on_press(self._load_waiting)
        self.waiting_button.hide()
        self.header.add_action(self.waiting_button)
        year = plain(_("Training plan"), "calendar-check")
        self.header.add_action(year.on_press(partial(desk.open, "training_plan")))
        self.header.add_action(plain(_("Drills"), "siren").on_press(partial(desk.open, "drills")))
        self.header.add_action(plain(_("Toolbox talk"), "megaphone").on_press(self.begin_talk))
        self.header.add_action(primary(_("Plan a session"), "plus").on_press(self.begin_planning))
        self.tabs = SegmentedTabs(
            _("Which sessions"),
            [(_TODAY, _("Today")), (_COMING, _("Coming")), (_PAST, _("Past"))],
        )
        table = DataTable(
            _("Sessions"),
            _columns(desk),
            self._fetch,
            key=lambda one: one.id,
            jobs=desk.jobs,
            search=_("Search by title or venue"),
            limit=1000,
            empty=EmptyState(
                _("No sessions here. Plan one, or begin a toolbox talk."),
                icon="presentation",
                action=_("Plan a session"),
                act=self.begin_planning,
            ),
        )
        table.opened.connect(self.open_session)
        self.tabs.chosen.connect(lambda _key: table.refresh())
        self.today_bar = TodayBar(self)
        self.body.addWidget(self.today_bar)
        self.put_table(table, below=self.tabs)

    @override
    def refresh(self) -> None:
        """Load the list, and how much waits to be confirmed."""
        self.table.refresh()
        self.today_bar.follow()
        confirming, actor = self.desk.services.sessions.confirming, self.desk.actor
        self.load(lambda _progress: confirming.waiting(actor), self._show_waiting, what="waiting")

    def open_session(self, one: SessionSummary) -> None:
        """Go to a session."""
        self.desk.open("session", session_id=one.id)

    def begin_planning(self) -> None:
        """Ask what a new session is."""
        form = SessionForm(blank_plan(self.desk.clock.now()))
        planning, actor = self.desk.services.sessions.planning, self.desk.actor

        def wish() -> Wish[UUID]:
            plan = form.plan()
            told = _("{title} is planned.").format(title=plan.title)
            return Wish(partial(planning.plan, actor, plan), told)

        open_form(
            self,
            _("Plan a session"),
            form,
            wish,
            done=lambda key: self.desk.open("session", session_id=key),
            save=_("Plan"),
        )
        tell_hours(self, form, None)

    def begin_talk(self) -> None:
        """Ask what is talked about; the roll is open at once."""
        form = TalkForm()
        sessions, actor = self.desk.services.sessions, self.desk.actor

        def wish() -> Wish[UUID]:
            topic, minutes = form.topic.value(), form.minutes.value()
            codes = codes_in(form.requirements.value())
            told = _("Tap the badges now.")
            return Wish(partial(sessions.talk, actor, topic, minutes, codes), told)

        open_form(
            self,
            _("Toolbox talk"),
            form,
            wish,
            done=lambda key: self.desk.open("session", session_id=key),
            save=_("Begin"),
        )

    def _fetch(self, request: PageRequest) -> Page[SessionSummary]:
        today = local_day(self.desk.clock)
        day = timedelta(days=1)
        first, last = {
            _TODAY: (today, today),
            _COMING: (today + day, today + _AHEAD),
            _PAST: (today - _BACK, today - day),
        }[self.tabs.key()]
        found = self.desk.services.sessions.between(self.desk.actor, first, last)
        shown = [one for one in found if has_words(f"{one.title} {one.venue}", request.text)]
        if self.tabs.key() == _PAST:
            shown.reverse()
        return Page.cut(shown, request)

    def _show_waiting(self, waiting: tuple[WaitingAttendance, ...]) -> None:
        self.waiting_button.setVisible(bool(waiting))
        self.waiting_button.setText(
            plural("{count} to confirm", "{count} to confirm", len(waiting))
        )

    def _load_waiting(self) -> None:
        confirming, actor = self.desk.services.sessions.confirming, self.desk.actor
        self.load(
            lambda _progress: confirming.waiting(actor),
            lambda waiting: ConfirmAttendance(self, waiting).open(),
            what="to confirm",
        )


def _columns(desk: Desk[Services]) -> list[Column[SessionSummary]]:
    return [
        text_column("starts_at", _("When"), lambda one: when(one.starts_at, desk.clock), width=170,
                    stretch=0, sortable=False),
        text_column("title", _("Session"), lambda one: one.title,
                    under=lambda one: " · ".join(filter(None, (_(SESSION_KINDS[one.kind]), one.venue))),
                    stretch=3, sortable=False),
        text_column("seats", _("Invited"), seats_in_words, stretch=1, sortable=False,
                    fold_below=900),
        number_column("came", _("Came"), lambda one: one.came, sortable=False),
        chip_column("state", _("Status"), state_status, width=150, sortable=False),
    ]  # fmt: skip


SPEC = ScreenSpec(
    key="sessions",
    title=mark("Sessions"),
    icon="presentation",
    section=mark("Training"),
    needs=Capability.ASSIGN,
    factory=SessionsScreen,
)

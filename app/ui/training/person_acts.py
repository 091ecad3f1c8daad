"""What is done with one person on a roll: gone, put right, taken off the list, confirmed by own PIN."""

from functools import partial

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.people import ProvedPresent
from app.core.training.sessions import OnRoll, Place, RollLine, SessionDetail, SessionState, Tapped
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.tables.menus import RowAction
from app.ui.training.correcting import ToMend, ask_correction
from app.ui.training.session_forms import moment_within
from app.ui.training.session_host import SessionHost, ask_beyond_seats

_UNDER_WAY = frozenset({SessionState.OPEN, SessionState.HELD})
_SEATED = frozenset({SessionState.PLANNED, SessionState.OPEN})
_TO_DECIDE = frozenset({SessionState.OPEN, SessionState.HELD, SessionState.SIGNED})
_SIGNED = frozenset({SessionState.SIGNED, SessionState.CLOSED})


class PersonActs:
    """The acts of `host` on people."""

    def __init__(self, host: SessionHost) -> None:
        self._host, self._desk = host, host.desk
        self._sessions = host.desk.services.sessions

    def actions(self, found: SessionDetail, one: OnRoll) -> list[RowAction]:
        """Return what can be done with somebody."""
        state = found.summary.state
        actions: list[RowAction] = []
        if state in _UNDER_WAY:
            actions += self._while_under_way(found, one)
        if state in _SEATED and one.place is not Place.WALK_IN and not one.came:
            off = partial(self._ask_withdrawal, found, one)
            actions.append(RowAction(_("Take off the list"), off, "user-x"))
        if state in _TO_DECIDE and one.elsewhere and not one.is_counted:
            actions += self._of_rooms(found, one)
        if state in _SIGNED and one.came and found.requirements:
            actions.append(self._mending(found, one))
        person = partial(self._desk.open, "person", person_id=one.person_id)
        return [*actions, RowAction(_("Open the person"), person, "user")]

    def _of_rooms(self, found: SessionDetail, one: OnRoll) -> list[RowAction]:
        """Return what can be said of somebody who was in another room at the same time."""
        counts = RowAction(
            _("Counts here, too"), partial(self._decide, found, one, counts=True), "check"
        )
        refused = RowAction(
            _("Does not count here"), partial(self._decide, found, one, counts=False), "x"
        )
        return [counts, refused]

    def _decide(self, found: SessionDetail, one: OnRoll, *, counts: bool) -> None:
        rooms, actor, key = self._sessions.rooms, self._desk.actor, found.summary.id
        others = ", ".join(room.called for room in one.elsewhere)
        title = (
            _("Let it count for {name} here, too?")
            if counts
            else _("Does it not count for {name} here?")
        ).format(name=one.name)
        question = Question(
            title=title,
            text=_("They were in {others} at the same time. Your reason stays on record.").format(
                others=others
            ),
            yes=_("It counts") if counts else _("It does not count"),
            danger=not counts,
            ask_reason=True,
        )
        told = _("It counts once you sign.") if counts else _("It does not count.")
        self._desk.confirm(
            question,
            lambda reason: self._host.do(
                lambda: rooms.decide(actor, key, one.person_id, counts=counts, reason=reason), told
            ),
        )

    def _while_under_way(self, found: SessionDetail, one: OnRoll) -> list[RowAction]:
        lines = [self._put_right(found, one, line) for line in one.lines if line.stands]
        if found.summary.state is SessionState.OPEN and one.is_there:
            goes = RowAction(_("Goes now"), partial(self._goes, found, one), "log-out")
            return [goes, *lines]
        return lines

    def _mending(self, found: SessionDetail, one: OnRoll) -> RowAction:
        proven = frozenset(each.id for each in found.requirements)
        wrong = ToMend(one.person_id, proven, f"{one.name} · {found.summary.title}")
        return RowAction(
            _("Correct a record"), partial(ask_correction, self._host, wrong), "square-pen"
        )

    def _put_right(self, found: SessionDetail, one: OnRoll, line: RollLine) -> RowAction:
        time = f"{line.at.astimezone():%H:%M}"
        words = _("Put right: {what}, {time}").format(what=line.words, time=time)
        return RowAction(words, partial(self._ask_correction, found, one, line), "pencil")

    def ask_pin(self, found: SessionDetail) -> None:
        """Let somebody confirm by badge or number and their own PIN that they are there."""
        form = Form()
        name = TextField(_("Badge or number"), required=True)
        pin = PasswordField(_("Own PIN"), required=True)
        form.add(name)
        form.add(pin)
        sign_in, rolling = self._desk.services.sign_in, self._sessions.rolling
        actor, key = self._desk.actor, found.summary.id

        proved: list[ProvedPresent] = []

        def act() -> Tapped:
            proved[:] = [sign_in.prove_present(name.value(), pin.value())]
            return rolling.confirm_present(actor, key, proved[0])

        def let_in() -> None:
            sheet.saved()
            self._host.do(
                lambda: rolling.confirm_present(actor, key, proved[0], anyway=True),
                _("They confirmed that they are here."),
            )

        def refused(error: UserFacingError) -> None:
            ask_beyond_seats(self._host, error, let_in)

        sheet = open_form(
            self._host,
            _("Confirm by own PIN"),
            form,
            lambda: Wish(act, _("They confirmed that they are here.")),
            done=lambda _tapped: self._host.refresh(),
            refused=refused,
            subtitle=_("It is kept as a fact. It is no signature."),
            save=_("Confirm"),
        )

    def _goes(self, found: SessionDetail, one: OnRoll) -> None:
        rolling, actor = self._sessions.rolling, self._desk.actor
        told = _("{name} has gone.").format(name=one.name)
        self._host.do(lambda: rolling.went_by_name(actor, found.summary.id, one.person_id), told)

    def _ask_correction(self, found: SessionDetail, one: OnRoll, line: RollLine) -> None:
        form = Form()
        at = line.at.astimezone()
        time = TextField(
            _("Right time"), f"{at:%H:%M}", hint=_("Empty: it was a mistake, and is struck out.")
        )
        reason = TextField(_("Why"), required=True, hint=_("Auditors read it."))
        form.add(time)
        form.add(reason)
        rolling, actor, key = self._sessions.rolling, self._desk.actor, found.summary.id

        def wish() -> Wish[None]:
            typed = time.value()
            over = found.ended_at or self._desk.clock.now()
            right = moment_within(at.date(), typed, found.began_at, over) if typed else None
            act = partial(rolling.correct, actor, key, line.id, reason=reason.value(), at=right)
            return Wish(act, _("It is put right; the line of before stays readable."))

        open_form(
            self._host,
            _("Put right"),
            form,
            wish,
            done=lambda _none: self._host.refresh(),
            subtitle=f"{one.name} · {line.words}, {at:%H:%M}",
        )

    def _ask_withdrawal(self, found: SessionDetail, one: OnRoll) -> None:
        planning, actor = self._sessions.planning, self._desk.actor
        question = Question(
            title=_("Take {name} off the list?").format(name=one.name),
            text=_("Whoever waits first gets the seat."),
            yes=_("Take off"),
        )
        self._desk.confirm(
            question,
            lambda _reason: self._host.do(
                lambda: planning.withdraw(actor, found.summary.id, one.person_id),
                _("{name} is off the list.").format(name=one.name),
            ),
        )

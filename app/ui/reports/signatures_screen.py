"""Signatures: every one of a record, a person or a time, proved one by one."""

from collections import Counter
from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import number
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.reports import table_in_words
from app.core.signatures import (
    CheckedSignature,
    ClockSetBack,
    SignatureLine,
    SignatureState,
    day_and_time,
    meaning_in_words,
    state_in_words,
)
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.dialogs import Question
from app.ui.kit.jobs import Lane
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Desk
from app.ui.kit.signature_block import tone_of
from app.ui.kit.tables.columns import Column, chip_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable, RowAction
from app.ui.kit.theme import Tone
from app.ui.reports.letter_form import ask_letter
from app.ui.reports.signature_filters import SignatureFilters
from app.ui.reports.signature_sheet import SignatureSheet

_TOLD = 5


class SignaturesScreen(ListScreen[Services, SignatureLine]):
    """Nothing here changes a signature. May be opened with `record`: then with that record's alone."""

    topics = frozenset({"signature", "signing_key_end", "signer_check", "clock_confirmation"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Signatures"),
            subtitle=_("Who signed what, when and in which meaning; each can be proved."),
        )
        self._states: dict[object, SignatureState] = {}
        self._record: tuple[tuple[str, str], ...] = ()
        self.header.add_action(plain(_("Who may sign"), "users").on_press(self.open_signers))
        if desk.actor.may(Capability.MANAGE_SITE):
            letter = plain(_("Letter"), "mail").on_press(partial(ask_letter, self))
            self.header.add_action(letter)
        self.check_button = primary(_("Check all"), "shield-check").on_press(self.check_all)
        self.header.add_action(self.check_button)
        self._told = column(gap=8)
        self.body.addLayout(self._told)
        self.filters = SignatureFilters(self, desk.clock.now().astimezone().date())
        self.filters.changed.connect(self._narrow)
        table = self._make_table()
        table.add_to_bar(self.filters)
        self.put_list(table, key="signatures")

    def enter(self, **args: object) -> None:
        """Show the signatures under `record` alone, where it is given."""
        self._record = (("record", str(args["record"])),) if "record" in args else ()
        self._narrow()

    @override
    def refresh(self) -> None:
        self._states.clear()
        self.table.refresh()
        self.load(self._look_at_clock, self._tell_clock, what="clock")

    def open_signers(self) -> None:
        """Show who may sign, and who has accepted the statement."""
        self.desk.open("report", report="signers")

    def open_signature(self, line: SignatureLine) -> None:
        """Show one signature in full, proved."""
        signatures, actor = self.desk.services.signatures, self.desk.actor
        self.act(
            lambda _progress: signatures.signature(actor, line.id),
            lambda detail: SignatureSheet(self, detail).open(),
        )

    def check_all(self) -> None:
        """Prove every signature that the list is narrowed to."""
        signatures, actor = self.desk.services.signatures, self.desk.actor
        request = self.table.request()
        self.check_button.setEnabled(False)
        job = self.desk.jobs.run(
            lambda progress: signatures.check(actor, request, progress),
            done=self._checked,
            failed=self.desk.tell_error,
            owner=self,
            lane=Lane.WORK,
            title=_("Checking signatures"),
        )
        job.finished.connect(partial(self.check_button.setEnabled, True))

    def _checked(self, found: tuple[CheckedSignature, ...]) -> None:
        self._states = {one.line.id: one.state for one in found}
        clear(self._told)
        bad = [one for one in found if not one.state.holds]
        if not bad:
            words = plural(
                "{count} signature checked: it holds.",
                "{count} signatures checked: all hold.",
                len(found),
            )
            self._told.addWidget(Banner(words, Tone.SUCCESS))
        for state, count in Counter(one.state for one in bad).most_common(_TOLD):
            words = f"{state_in_words(state)}: {number(count)}"
            self._told.addWidget(Banner(words, tone_of(state)))
        self.table.refresh()

    def _look_at_clock(self, _progress: Progress) -> str:
        trouble = self.desk.services.signatures.clock_trouble()
        return trouble.sentence if isinstance(trouble, ClockSetBack) else ""

    def _tell_clock(self, trouble: str) -> None:
        if not trouble:
            return
        clear(self._told)
        banner = Banner(trouble, Tone.WARNING)
        if self.desk.actor.may(Capability.MANAGE_SITE):
            banner.add_action(_("The clock is right"), self._ask_clock)
        self._told.addWidget(banner)

    def _ask_clock(self) -> None:
        signatures, actor = self.desk.services.signatures, self.desk.actor
        question = Question(
            title=_("Is the clock of this PC right?"),
            text=_(
                "Compare it with another one. Signatures then bear this time, although earlier ones "
                "bear a later time; the order of the journal stays what it is."
            ),
            yes=_("The clock is right"),
            ask_reason=True,
        )

        def confirmed(_none: None) -> None:
            clear(self._told)
            self.desk.toast(_("Confirmed."))

        self.desk.confirm(
            question,
            lambda reason: self.act(
                lambda _progress: signatures.confirm_clock(actor, reason), confirmed
            ),
        )

    def _narrow(self) -> None:
        pairs = (*self._record, *self.filters.pairs())
        self.table.ask(self.table.request().filtered_by(pairs))

    def _make_table(self) -> DataTable[SignatureLine]:
        made = DataTable(
            _("Signatures"),
            self._columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=self.desk.jobs,
            search=_("Search by name, number or reason"),
            menu=self._menu,
            empty=EmptyState(_("Nothing has been signed yet."), icon="signature"),
            nothing_found=_("No signature matches. Search for something else, or another time."),
        )
        made.opened.connect(self.open_signature)
        return made

    def _fetch(self, request: PageRequest) -> Page[SignatureLine]:
        return self.desk.services.signatures.page(self.desk.actor, request)

    def _menu(self, line: SignatureLine) -> list[RowAction]:
        return [RowAction(_("Look"), partial(self.open_signature, line), "eye", True)]

    def _columns(self) -> list[Column[SignatureLine]]:
        return [
            text_column(
                "name",
                _("Signed by"),
                lambda one: one.name,
                under=lambda one: one.number,
                width=190,
            ),
            text_column(
                "at",
                _("When"),
                lambda one: day_and_time(one)[0],
                under=lambda one: day_and_time(one)[1],
                width=150,
            ),
            text_column(
                "meaning",
                _("Meaning"),
                lambda one: meaning_in_words(one.meaning),
                under=lambda one: one.reason,
                width=210,
                sortable=False,
            ),
            text_column(
                "kind",
                _("Record"),
                lambda one: table_in_words(one.record_kind),
                width=170,
                sortable=False,
                fold_below=900,
            ),
            chip_column("state", _("Check"), self._state, width=190, sortable=False),
        ]

    def _state(self, line: SignatureLine) -> tuple[str, Tone]:
        state = self._states.get(line.id)
        if state is None:
            return _("Not checked now"), Tone.NEUTRAL
        return state_in_words(state), tone_of(state)

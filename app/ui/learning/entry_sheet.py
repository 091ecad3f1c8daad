"""One entry of the catalogue in a sheet: what it is about, how it stands with the learner, what they can do."""

from collections.abc import Callable, Sequence
from functools import partial

from app.core.base.figures import day, duration
from app.core.base.words import _, current_language, language_name, mark
from app.core.training import REQUIREMENT_TYPES
from app.core.training.offers import CatalogueEntry, EntryState
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Button, plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.course_topics import topic_in_words
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.theme import TextRole, Tone
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.standings import extent

STATES = {
    EntryState.DONE: (mark("Done"), Tone.SUCCESS),
    EntryState.ASSIGNED: (mark("Assigned"), Tone.INFO),
    EntryState.CHOSEN: (mark("Chosen by you"), Tone.PRIMARY),
    EntryState.WAITING: (mark("Waits for approval"), Tone.WARNING),
    EntryState.TO_TAKE: (mark("Take"), Tone.NEUTRAL),
    EntryState.TO_ASK: (mark("Ask"), Tone.NEUTRAL),
}
_SAID = {
    EntryState.DONE: mark("You hold it."),
    EntryState.ASSIGNED: mark("It is asked of you: you find it on your home."),
    EntryState.CHOSEN: mark("You chose it yourself: nobody sets you a day for it."),
    EntryState.WAITING: mark("You asked for it; your supervisor answers."),
    EntryState.TO_TAKE: mark("You have it at once, and no day by which it is due."),
    EntryState.TO_ASK: mark("Your supervisor approves it first."),
}


class EntrySheet(SideSheet):
    """Tells; what can be done stands below, the first of it as the one primary button."""

    def __init__(
        self, host: Screen[LearnerServices], one: CatalogueEntry, actions: Sequence[RowAction]
    ) -> None:
        language = current_language()
        about = f"{_(REQUIREMENT_TYPES[one.type])} · {one.code}"
        super().__init__(host, one.title_in(language), subtitle=about)
        if text := one.description_in(language):
            self.body.addWidget(PlainLabel(text, TextRole.BODY, wrap=True))
        self._tell_state(one)
        self._tell_facts(one)
        self.close_button = plain(_("Close")).on_press(self.dismiss)
        self.foot.addWidget(self.close_button)
        self.buttons: list[Button] = []
        for place, action in reversed(list(enumerate(actions))):
            make = plain if place else primary
            button = make(action.words, action.icon).on_press(partial(self._leave, action.act))
            self.buttons.insert(0, button)
            self.foot.addWidget(button)

    def _leave(self, act: Callable[[], None]) -> None:
        self.dismiss()
        act()

    def _tell_state(self, one: CatalogueEntry) -> None:
        words, tone = STATES[one.state]
        if one.valid_until is not None:
            said = _("Valid to {day}").format(day=day(one.valid_until))
        else:
            said = _(_SAID[one.state])
        self.body.addWidget(FactRow(said, _(words), icon="circle-dot", tone=tone))
        if one.declined:
            refused = _("{name} refused it when you asked").format(name=one.declined_by)
            row = FactRow(one.declined, refused, icon="message-square", tone=Tone.WARNING)
            self.body.addWidget(row)

    def _tell_facts(self, one: CatalogueEntry) -> None:
        spoken = ", ".join(language_name(code) for code in one.languages)
        facts = (
            (topic_in_words(one.topic), _("Topic"), "bookmark"),
            (spoken, _("Languages"), "languages"),
            (extent(one.lessons) if one.lessons else "", _("Extent"), "list"),
            (duration(one.seconds) if one.seconds else "", _("Takes"), "clock"),
        )
        for value, title, icon in facts:
            if value:
                self.body.addWidget(FactRow(value, title, icon=icon))


def ask_words(host: Screen[LearnerServices], one: CatalogueEntry) -> None:
    """Ask why the learner wants something that somebody has to approve, and ask for it."""
    form = Form()
    words = TextAreaField(_("Why you want it"), rows=3, hint=_("Your supervisor reads it."))
    form.add(words)
    choosing, actor = host.desk.services.training.choosing, host.desk.actor

    def wish() -> Wish[object]:
        said = words.value()
        return Wish(
            lambda: choosing.ask(actor, one.requirement_id, said), _("Your request is on record.")
        )

    title = _("Ask for “{title}”").format(title=one.title_in(current_language()))
    open_form(host, title, form, wish, done=lambda _id: host.refresh(), save=_("Ask"))

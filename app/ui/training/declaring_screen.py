"""Declaring: the wording on a page of its own, then the word or the signature that it is so."""

from functools import partial
from uuid import UUID

from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.figures import day
from app.core.base.words import _
from app.core.people import ProvedPresent
from app.core.signatures import Meaning, Undersigned
from app.core.training.declaring import MyDeclaration
from app.services import Services
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.cards import Card
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import row
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.kit.theme import TextRole
from app.ui.training.read_to import ask_witness


class DeclaringScreen(Screen[Services]):
    """One declaration: what is declared is what stood here."""

    topics = frozenset({"declaration", "requirement", "requirement_terms", "assignment"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Declaration"))
        self._requirement_id: UUID | None = None
        self._read: MyDeclaration | None = None
        self.wording = PlainLabel("", TextRole.BODY, wrap=True)
        card = Card(gap=12)
        card.body.addWidget(self.wording)
        self.body.addWidget(card)
        self.needs = PlainLabel("", TextRole.BODY2, wrap=True)
        self.declare_button = Button(_("I declare this"), Kind.PRIMARY, icon="signature")
        self.declare_button.on_press(self._ask)
        self.declare_button.hide()
        foot = row(gap=16)
        foot.addWidget(self.needs, 1)
        foot.addWidget(self.declare_button)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        self._requirement_id = UUID(str(args.get("requirement_id")))

    @override
    def refresh(self) -> None:
        """Show the wording, in the reader's language where there is one."""
        requirement_id = self._requirement_id
        if requirement_id is None:
            return
        declarations, actor = self.desk.services.training.declarations, self.desk.actor
        self.load(lambda _progress: declarations.one(actor, requirement_id), self._show)

    def _show(self, found: MyDeclaration) -> None:
        self._read = found
        self.header.set_words(found.title, found.code)
        self.setAccessibleName(found.title)
        self.wording.setText(found.statement)
        self.needs.setText(_what_it_takes(found))
        self.declare_button.setVisible(not (found.is_done or found.comes_first))

    def _ask(self) -> None:
        read = self._read
        if read is None:
            return
        if read.needs_witness:
            ask_witness(self, read.code, partial(self._go_on, read))
        else:
            self._go_on(read, None)

    def _go_on(self, read: MyDeclaration, witness: ProvedPresent | None) -> None:
        if read.needs_signature:
            self._sign(read, witness)
        else:
            self._confirm(read, witness)

    def _confirm(self, read: MyDeclaration, witness: ProvedPresent | None) -> None:
        declarations, actor = self.desk.services.training.declarations, self.desk.actor
        question = Question(
            title=_("Declare {title}?").format(title=read.title),
            text=_("It is kept word for word, with your name and the time."),
            yes=_("I declare this"),
        )
        self.desk.confirm(
            question,
            lambda _reason: self.act(
                lambda _progress: declarations.declare(actor, read, witness=witness),
                self._declared,
            ),
        )

    def _sign(self, read: MyDeclaration, witness: ProvedPresent | None) -> None:
        declarations, actor = self.desk.services.training.declarations, self.desk.actor

        def act(signed: Undersigned, _reason: str) -> UUID:
            return declarations.declare(actor, read, signed, witness=witness)

        wanted = ToSign(
            title=_("Declare {title}").format(title=read.title),
            shown=read.text,
            meaning=Meaning.ACKNOWLEDGED,
            act=act,
            done=self._declared,
            failed=self._refused,
        )
        ask_signature(self, wanted)

    def _refused(self, error: UserFacingError) -> None:
        self.desk.tell_error(error)
        self.refresh()  # the wording may be another one by now

    def _declared(self, _fact: UUID) -> None:
        words = _("Declared. It stands in your training record.")
        announce(self, words)
        self.desk.toast(words)
        self.desk.back()


def _what_it_takes(found: MyDeclaration) -> str:
    """Return what stands beside the button."""
    if found.is_done:
        told = _("There is nothing to declare now: it stands in your training record.")
        until = found.valid_until
        return told if until is None else f"{told} " + _("Valid to {day}.").format(day=day(until))
    if found.comes_first:
        return _("First: {titles}").format(titles=", ".join(found.comes_first))
    if found.needs_signature:
        return _("Read it to the end. You declare it with your signature.")
    return _("Read it to the end. What you declare is kept word for word.")

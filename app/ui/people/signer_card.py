"""How somebody signs, on their page: their key, and that somebody has seen who they are."""

from functools import partial

from PySide6.QtCore import Qt

from app.core.base.words import _
from app.core.people import AccountDetail
from app.core.signatures import SignerLine
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.layouts import clear, column
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.people.signer_words import check_in_words, key_in_words


class SignerCard(Card):
    """Shown to whoever manages the account."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__(_("Signature"))
        self._host = host
        self._lines = column(gap=12)
        self.body.addLayout(self._lines)
        self.check_button: Button | None = None
        self.hide()

    def show_signer(self, account: AccountDetail | None) -> None:
        """Show how somebody signs, where the actor may know."""
        self.setVisible(account is not None)
        if account is None:
            return
        signatures, actor = self._host.desk.services.signatures, self._host.desk.actor
        self._host.load(
            lambda _progress: signatures.signer(actor, account.id),
            partial(self._show, account),
            what="signer",
        )

    def _show(self, account: AccountDetail, line: SignerLine) -> None:
        clear(self._lines)
        self.check_button = None
        title, about = key_in_words(line)
        key = FactRow(title, about, icon="key-round")
        is_live = line.key_made_at is not None and line.key_ended is None
        if is_live and account.may_be_changed:
            end = Button(_("End"), Kind.GHOST, dense=True)
            end.setAccessibleName(_("End the signing key of {name}").format(name=line.name))
            key.add_button(end.on_press(partial(self._ask_ending, account)))
        self._lines.addWidget(key)
        title, about = check_in_words(line)
        self._lines.addWidget(FactRow(title, about, icon="id-card"))
        if is_live and not line.is_confirmed and account.may_be_changed:
            self.check_button = plain(_("I have seen who they are"), "id-card")
            self.check_button.on_press(partial(self._ask_paper, account))
            self._lines.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _ask_paper(self, account: AccountDetail) -> None:
        CheckSheet(self._host, account).open()

    def _ask_ending(self, account: AccountDetail) -> None:
        desk = self._host.desk
        signatures, actor = desk.services.signatures, desk.actor
        reason = TextField(_("Reason"), required=True)
        since = DateField(
            _("Known to somebody else since"),
            hint=_(
                "What was signed from that day on is shown as doubted. Leave it open if nobody knew it."
            ),
        )
        form = Form()
        form.add(reason)
        form.add(since)
        form.mark_saved()

        def wish() -> Wish[None]:
            end = partial(signatures.end_key, actor, account.id, reason.value(), since.value())
            return Wish(end, _("Ended."))

        open_form(
            self._host,
            _("End the signing key of {name}?").format(name=account.name),
            form,
            wish,
            save=_("End the key"),
            subtitle=_(
                "What they signed stays valid. They sign again after they have chosen another "
                "password and somebody has seen who they are."
            ),
        )


class CheckSheet(FormSheet):
    """Asks what kind of paper was shown; its number is nobody's business here."""

    def __init__(self, host: Screen[Services], account: AccountDetail) -> None:
        self.document = TextField(
            _("What you were shown"),
            required=True,
            hint=_("The kind of paper, as “company badge with photo”; never its number."),
        )
        form = Form()
        form.add(self.document)
        form.mark_saved()
        super().__init__(
            host,
            _("Who is {name}?").format(name=account.name),
            form,
            save=_("Let them sign"),
            subtitle=_("They stand before you, with a paper that bears their name."),
        )
        signatures, actor = host.desk.services.signatures, host.desk.actor

        def kept(_none: None) -> None:
            self.saved()
            host.desk.toast(_("{name} can sign.").format(name=account.name))

        def save() -> None:
            document = self.document.value()
            host.desk.jobs.run(
                lambda _progress: signatures.check_signer(actor, account.id, document),
                done=kept,
                failed=self.refused,
                owner=host,
            )

        self.save_asked.connect(save)

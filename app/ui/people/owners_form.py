"""Which field of people belongs to whom: a table that headquarters changes and plants read."""

from functools import partial

from app.core.base.words import _
from app.core.people.ownership import FIELD_OWNERS, OWNED_FIELDS, FieldOwner, OwnedField, Owners
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone


class OwnersForm(Form):
    """One choice for each field, and why."""

    def __init__(self, owners: Owners) -> None:
        super().__init__()
        words = _("Who owns a field changes it; elsewhere it is shown and left alone. Whoever adds a "
                  "person fills in everything.")  # fmt: skip
        self.add_part(Banner(words, Tone.INFO))
        self.fields_of: dict[OwnedField, ComboField[FieldOwner]] = {}
        offers = [(one, _(told)) for one, told in FIELD_OWNERS.items()]
        for field, title in OWNED_FIELDS.items():
            combo: ComboField[FieldOwner] = ComboField(_(title), offers)
            combo.set_value(owners.get(field, FieldOwner.ANYBODY))
            self.fields_of[field] = combo
            self.add(combo)
        self.reason = TextField(_("Why"), required=True, hint=_("Auditors read it."))
        self.add(self.reason)
        self.mark_saved()

    def owners(self) -> Owners:
        """Return what was told."""
        return {
            field: combo.value() or FieldOwner.ANYBODY for field, combo in self.fields_of.items()
        }


def show_owners(host: Screen[Services]) -> None:
    """Show who owns what; where this site says so, ask."""
    kept, actor = host.desk.services.people.owners, host.desk.actor

    def show(found: tuple[Owners, bool]) -> None:
        owners, is_said_here = found
        if not is_said_here:
            _Table(host, owners).open()
            return
        form = OwnersForm(owners)

        def wish() -> Wish[None]:
            say = partial(kept.say, actor, form.owners(), form.reason.value())
            return Wish(say, _("It is on record, and travels with the next sync files."))

        open_form(host, _("Who owns which field"), form, wish)

    host.load(lambda _progress: (kept.all(actor), kept.is_said_here), show, what="owners")


class _Table(SideSheet):
    """What headquarters said, to be read."""

    def __init__(self, host: Screen[Services], owners: Owners) -> None:
        super().__init__(
            host, _("Who owns which field"), subtitle=_("Headquarters says so, for all sites.")
        )
        for field, title in OWNED_FIELDS.items():
            owner = owners.get(field, FieldOwner.ANYBODY)
            self.body.addWidget(FactRow(_(title), _(FIELD_OWNERS[owner]), icon="user"))
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))

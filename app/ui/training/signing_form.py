"""What this site lets be signed in training, from a day on: a form over the list of requirements."""

from datetime import date
from functools import partial

from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.requirements import RequirementSummary
from app.core.training.signing import SIGNING_RULES, SigningRule, SigningTerms
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.screen import Screen

_NOTHING = ""


class SigningForm(Form):
    """Three acts, what has to be held to sign anything, the first day, why."""

    def __init__(
        self,
        told: tuple[SigningTerms, ...],
        requirements: tuple[RequirementSummary, ...],
        today: date,
    ) -> None:
        super().__init__()
        now = [one for one in told if one.from_on <= today]
        terms = now[-1] if now else SigningTerms()
        self.waivers = _combo(_("Letting somebody off"), terms.waivers)
        self.corrections = _combo(_("Correcting a record"), terms.corrections, two=False)
        self.evidence = _combo(_("Confirming evidence"), terms.evidence, two=False)
        offers = [(_NOTHING, _("Nothing"))]
        offers += [(one.code, f"{one.title} · {one.code}") for one in requirements]
        self.first: ComboField[str] = ComboField(
            _("To be held before anything is signed"),
            offers,
            hint=_("Such as training in electronic signatures: who lacks it is told so."),
        )
        self.first.set_value(terms.first)
        self.begins = DateField(_("From"), today, required=True)
        self.reason = TextField(_("Why"), required=True, hint=_("Auditors read it."))
        for field in (
            self.waivers,
            self.corrections,
            self.evidence,
            self.first,
            self.begins,
            self.reason,
        ):
            self.add(field)
        for one in told:
            words = " · ".join(
                _(SIGNING_RULES[rule]) for rule in (one.waivers, one.corrections, one.evidence)
            )
            about = _("From {day}: {reason}").format(day=day(one.from_on), reason=one.reason)
            self.add_part(FactRow(about, words, icon="history"))

    def terms(self) -> SigningTerms:
        """Return what was told."""
        return SigningTerms(
            from_on=self.begins.value() or date.min,
            waivers=self.waivers.value() or SigningRule.PLAIN,
            corrections=self.corrections.value() or SigningRule.PLAIN,
            evidence=self.evidence.value() or SigningRule.PLAIN,
            first=self.first.value() or "",
        )


def ask_signing_terms(host: Screen[Services]) -> None:
    """Show what is signed, and ask what is to be."""
    training, actor = host.desk.services.training, host.desk.actor

    def found(
        both: tuple[tuple[SigningTerms, ...], tuple[RequirementSummary, ...]],
    ) -> None:
        form = SigningForm(*both, local_day(host.desk.clock))

        def wish() -> Wish[None]:
            say = partial(training.signing.say, actor, form.terms(), form.reason.value())
            return Wish(say, _("It is on record."))

        open_form(host, _("What is signed"), form, wish)

    host.load(
        lambda _progress: (training.signing.all(actor), tuple(training.catalogue.all(actor, ""))),
        found,
        what="signing terms",
    )


def _combo(title: str, now: SigningRule, *, two: bool = True) -> ComboField[SigningRule]:
    offers = [
        (one, _(words))
        for one, words in SIGNING_RULES.items()
        if two or one is not SigningRule.TWO_PERSONS
    ]
    combo = ComboField(title, offers)
    combo.set_value(now)
    return combo

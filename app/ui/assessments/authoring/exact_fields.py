"""Fields for shares and numbers that stay exact as long as nobody touches them."""

from decimal import Decimal
from fractions import Fraction

from app.core.assessments import read_number, written
from app.core.base.words import _
from app.ui.kit.forms.fields import NumberField
from app.ui.kit.forms.text_fields import TextField

_PERCENT = 100


class ShareField(NumberField):
    """What an answer earns, in percent; a third stays a third until another figure is chosen."""

    def __init__(self, label: str, share: Fraction = Fraction(0), *, least: int = -100) -> None:
        super().__init__(label, 0, least=least, most=_PERCENT, suffix=" %")
        self._share = share
        self.set_share(share)

    def set_share(self, share: Fraction) -> None:
        """Show another share, without telling anybody."""
        self._share = share
        self.spin.blockSignals(True)
        self.spin.setValue(int(share * _PERCENT))
        self.spin.blockSignals(False)
        self._shown = self.spin.value()

    def share(self) -> Fraction:
        """Return the share."""
        return self._share if self.value() == self._shown else Fraction(self.value(), _PERCENT)


class ExactLine(TextField):
    """A line whose text is kept sign for sign until it is edited."""

    def __init__(self, label: str, *, placeholder: str = "", hint: str = "") -> None:
        super().__init__(label, placeholder=placeholder, hint=hint)
        self._kept = ("", "")

    def set_exact(self, text: str) -> None:
        """Show another text."""
        self.line.setText(text)
        self._kept = (text, self.line.text())

    def exact(self) -> str:
        """Return the text with its blanks."""
        stored, given_back = self._kept
        return stored if self.line.text() == given_back else self.line.text()


class DecimalLine(TextField):
    """A number as people type it, with a point before the decimals.

    `places` says by how many places what is shown is larger than the number: 2 shows percent.
    """

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(label, hint=hint)
        self._places = 0
        self._kept: tuple[Decimal | None, str] = (None, "")
        self.check = self._problem

    def set_number(self, number: Decimal | None, places: int = 0) -> None:
        """Show another number; None shows nothing."""
        self._places = places
        text = "" if number is None else written(number.scaleb(places))
        self.line.setText(text)
        self._kept = (number, text)

    def rescale(self, places: int) -> None:
        """Read what stands there in another unit."""
        if places != self._places:
            self._places = places
            self._kept = (None, "")

    def number(self) -> Decimal | None:
        """Return the number; None while it is none."""
        known, text = self._kept
        if self.line.text() == text:
            return known
        typed = read_number(self.line.text())
        return None if typed is None else typed.scaleb(-self._places)

    def _problem(self) -> str:
        wrong = bool(self.line.text().strip()) and self.number() is None
        return _("This is no number.") if wrong else ""

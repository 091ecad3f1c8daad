"""Which column of a list of old training is which."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.core.training.legacy import LEGACY_FIELDS, LegacyColumn, LegacyField, LegacyMapping
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.sheets import FormSheet

_NOTHING = ""


class LegacyColumnsSheet(FormSheet):
    """One line for each column, with some of its values. It is kept with the batch."""

    def __init__(
        self, host: QWidget, mapping: LegacyMapping, columns: Sequence[LegacyColumn]
    ) -> None:
        self._mapping = mapping
        form = Form()
        self.fields: dict[str, ComboField[str]] = {}
        offers = [(_NOTHING, _("Not taken"))]
        offers += [(one.value, _(words)) for one, words in LEGACY_FIELDS.items()]
        for one in columns:
            combo: ComboField[str] = ComboField(one.heading, offers, hint=", ".join(one.samples))
            combo.set_value(one.field.value if one.field else _NOTHING)
            self.fields[one.normal] = combo
            form.add(combo)
        super().__init__(
            host,
            _("Columns of the list"),
            form,
            save=_("Look again"),
            subtitle=_("The next list with such headings is read the same way."),
        )

    def mapping(self) -> LegacyMapping:
        """Return what was told."""
        told = {heading: combo.value() for heading, combo in self.fields.items()}
        columns = tuple((one, LegacyField(said) if said else None) for one, said in told.items())
        return replace(self._mapping, columns=columns)

"""One cell of an HR file, mended where it stands: the file itself stays as it is."""

from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.core.people.imports import Field, Fix, RowError
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.notices import Banner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Tone
from app.ui.people.words import field_words


class FixSheet(FormSheet):
    """Shows what is wrong and takes what is meant."""

    def __init__(self, host: QWidget, error: RowError) -> None:
        form = Form()
        self._error = error
        form.add_part(Banner(error.reason, Tone.DANGER))
        label = field_words(error.field)
        self.text = TextField(label, error.text)
        self.choice: ComboField[str] | None = None
        if error.choices:
            self.choice = ComboField(
                _("Who is meant"), [(number, number) for number in error.choices]
            )
            form.add(self.choice)
        else:
            form.add(self.text)
        super().__init__(
            host,
            _("Mend this cell"),
            form,
            save=_("Mend"),
            subtitle=_("Line {line} · {number}").format(
                line=error.line, number=error.number or "–"
            ),
        )

    def fix(self) -> Fix:
        """Return what was typed."""
        meant = self.choice.value() if self.choice is not None else None
        return Fix(
            part=self._error.part,
            line=self._error.line,
            field=Field(self._error.field),
            text=meant or self.text.value(),
        )

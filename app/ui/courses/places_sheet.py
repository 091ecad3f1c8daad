"""What only the plant knows of a sample: asked once before it becomes a draft."""

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QWidget

from app.core.base.words import _, current_language, language_name
from app.core.courses import MOST_LETTERS, CourseSample, Place
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.notices import Banner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Tone

_WIDTH = 640


class PlacesSheet(FormSheet):
    """A field for each place of a sample; what is said in words has one for each language."""

    def __init__(self, host: QWidget, sample: CourseSample, filled: Mapping[str, str]) -> None:
        form = Form()
        form.add_part(
            Banner(
                _("What you leave empty stays in brackets, and publishing asks about it."),
                Tone.INFO,
            )
        )
        self.fields: dict[str, TextField] = {}
        """By the key of what stands in them."""
        for place in sample.places:
            made = dict(_fields_of(place, filled))
            self.fields |= made
            form.add_beside(*made.values())
        super().__init__(
            host,
            _("Fill in for your plant"),
            form,
            save=_("Import"),
            subtitle=sample.title(current_language()),
            width=_WIDTH,
        )

    def values(self) -> dict[str, str]:
        """Return what stands in the fields by key, without those that are empty."""
        typed = {key: field.value().strip() for key, field in self.fields.items()}
        return {key: value for key, value in typed.items() if value}


def _fields_of(place: Place, filled: Mapping[str, str]) -> Iterator[tuple[str, TextField]]:
    label = place.called(current_language())
    for language, key in place.keys().items():
        if language != "en" and not place.is_worded:
            continue
        words = f"{label} ({language_name(language)})" if place.is_worded else label
        field = TextField(words, filled.get(key, place.suggested.get(language, "")))
        field.line.setMaxLength(MOST_LETTERS)
        yield key, field

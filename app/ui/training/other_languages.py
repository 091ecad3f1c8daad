"""A text in the product's other languages: a field for each, under its own name."""

from collections.abc import Callable, Mapping

from app.core.base.words import LANGUAGES, _
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import TextRole

AnyTextField = TextField | TextAreaField


class OtherLanguages:
    """Adds the fields to a form; what is there in a language without a field stays as it is."""

    def __init__(
        self,
        form: Form,
        heading: str,
        known: Mapping[str, str],
        main: str,
        make: Callable[[str, str], AnyTextField] = TextField,
    ) -> None:
        self._known = dict(known)
        form.add_part(PlainLabel(heading, TextRole.STRONG, wrap=True))
        self.fields = {
            code: make(name, known.get(code, ""))
            for code, name in LANGUAGES.items()
            if code != main
        }
        for field in self.fields.values():
            form.add(field)

    def texts(self) -> dict[str, str]:
        """Return the text by language; what was emptied is not there any more."""
        said = {code: " ".join(field.value().split()) for code, field in self.fields.items()}
        return {code: text for code, text in {**self._known, **said}.items() if text}


def area(label: str, text: str) -> TextAreaField:
    """Return a field of two lines, for texts that are sentences."""
    return TextAreaField(label, text, rows=2)


def in_other_languages() -> str:
    """Return the heading over the fields."""
    return _("In other languages")

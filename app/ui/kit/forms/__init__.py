"""What people fill in: labelled fields, choices, files, search."""

from app.ui.kit.forms.choices import FilterChips, LanguagePicker, SegmentedTabs
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.fields import (
    CheckBox,
    CheckField,
    ComboBox,
    ComboField,
    DateField,
    NumberField,
)
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.forms.text_fields import PasswordField, TextAreaField, TextField

__all__ = [
    "CheckBox",
    "CheckField",
    "ComboBox",
    "ComboField",
    "DateField",
    "Field",
    "FilePicker",
    "FilterChips",
    "Form",
    "LanguagePicker",
    "NumberField",
    "PasswordField",
    "SearchBox",
    "SegmentedTabs",
    "TextAreaField",
    "TextField",
]

"""A text of a question in every language: words, and the pictures and sounds that go with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.assessments import MediaKind, MediaRef, RichText
from app.core.base.words import _
from app.ui.assessments.authoring.drafts import NO_DRAFT, TextDraft, draft_of
from app.ui.assessments.authoring.tab_order import comes_second, order_tabs
from app.ui.kit.buttons import IconButton
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.labels import ElidedLabel, IconLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.theme import Ink, TextRole, current_theme

MAIN = ""
"""Stands for the language that a question is written in, whichever it is."""
_MOST_ROWS, _EDGE = 8, 26
Texts = Mapping[str, RichText]
"""A text by language; `MAIN` is always among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What editors are given to work with."""

    pick_media: Callable[[Callable[[MediaRef], None]], None]
    """Lets the author choose a picture or sound, stores it, and hands it on."""


class TextPart(TextAreaField):
    """Shows one language at a time. `edited` comes only from the author."""

    def __init__(
        self,
        label: str,
        tools: Tools,
        *,
        rows: int = 2,
        required: bool = False,
        hint: str = "",
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, rows=rows, required=required, hint=hint, parent=parent)
        self._least_rows = rows
        self._language = MAIN
        self._drafts: dict[str, TextDraft] = {MAIN: NO_DRAFT}
        self._shown = ("", "")
        """The words as stored, and as the text field gives them back (it knows no hard blanks)."""
        self._usual_hint = hint
        self.media_lines = column(gap=6)
        self.attach_button = IconButton(
            "paperclip", _("Add a picture or a sound: {label}").format(label=label), dense=True
        )
        self.attach_button.on_press(lambda: tools.pick_media(self.add_media))
        comes_second(self.attach_button)
        self._lay_out_head(bare)
        self.body.insertLayout(2, self.media_lines)
        self.area.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()
        self.area.textChanged.disconnect(self.edited)
        self.area.textChanged.connect(self._take_words)

    def _lay_out_head(self, bare: bool) -> None:
        """Put the button beside the label, or beside the text where the row says what it is."""
        self.body.removeWidget(self._label)
        head = row(gap=8)
        if bare:
            self._label.hide()
            self.body.removeWidget(self.area)
            head.addWidget(self.area, 1)
            head.addWidget(self.attach_button, 0, Qt.AlignmentFlag.AlignTop)
            self.body.insertLayout(0, head)
            self.body.insertLayout(1, column(gap=0))
        else:
            head.addWidget(self._label, 1)
            head.addWidget(self.attach_button)
            self.body.insertLayout(0, head)

    def _fit(self) -> None:
        """Be as high as the words, within reason; more scrolls."""
        lines = int(self.area.document().size().height())
        rows = min(max(lines, self._least_rows), _MOST_ROWS)
        edge = current_theme().px(_EDGE)
        self.area.setFixedHeight(self.area.fontMetrics().lineSpacing() * rows + edge)

    def set_texts(self, texts: Texts) -> None:
        """Show other texts, in the language that is shown."""
        self._drafts = {code: draft_of(text) for code, text in texts.items()}
        self._show()

    def text(self, language: str) -> RichText:
        """Return the text in a language; blank where it is not translated."""
        return self._drafts.get(language, NO_DRAFT).built()

    def show_language(self, language: str) -> None:
        """Show another language."""
        if language != self._language:
            self._language = language
            self._show()

    def add_media(self, ref: MediaRef) -> None:
        """Put a picture beneath the words, or a sound with them."""
        self._change(self._draft.with_media(ref))
        self._show()

    @property
    def _draft(self) -> TextDraft:
        return self._drafts.get(self._language, NO_DRAFT)

    def _change(self, draft: TextDraft) -> None:
        self._drafts[self._language] = draft
        self.edited.emit()

    def _take_words(self) -> None:
        stored, given_back = self._shown
        words = self.area.toPlainText()
        self._change(replace(self._draft, words=stored if words == given_back else words))

    def _show(self) -> None:
        draft = self._draft
        self.area.blockSignals(True)
        self.area.setPlainText(draft.words)
        self.area.blockSignals(False)
        self._shown = (draft.words, self.area.toPlainText())
        main = self._drafts.get(MAIN, NO_DRAFT).words if self._language != MAIN else ""
        self.area.setPlaceholderText(main)
        self._fit()
        self._show_media(draft)
        form = _("Written as {format}.").format(format=draft.format.value.upper())
        hint = form if draft.is_source else self._usual_hint
        self._hint_label.setText(hint)
        self._hint_label.setVisible(bool(hint))

    def _show_media(self, draft: TextDraft) -> None:
        clear(self.media_lines)
        described = {one.name: one.description for one in draft.pictures}
        for ref in draft.media:
            self.media_lines.addWidget(self._media_line(ref, described.get(ref.name)))
        order_tabs(self)

    def _media_line(self, ref: MediaRef, description: str | None) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=8)
        is_picture = ref.kind is MediaKind.IMAGE
        line.addWidget(IconLabel("image" if is_picture else "volume-2", Ink.TEXT2))
        line.addWidget(ElidedLabel(ref.name, TextRole.MUTED), 1)
        if description is not None:
            said = QLineEdit(description)
            words = _("What it shows, for whoever cannot see it")
            said.setPlaceholderText(words)
            said.setAccessibleName(f"{words}: {ref.name}")
            said.textEdited.connect(
                lambda text: self._change(self._draft.described(ref.name, text))
            )
            line.addWidget(said, 2)
        remove = IconButton("x", _("Take out {name}").format(name=ref.name), dense=True)
        line.addWidget(remove.on_press(lambda: self._remove(ref.name)))
        return holder

    def _remove(self, name: str) -> None:
        self._change(self._draft.without_media(name))
        self._show()
        self.area.setFocus()

"""Before a version is published: what stands against it, what must be confirmed, what is noted."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.core.courses import Amiss, PublishWarning, amiss_words, by_kind
from app.ui.courses.wording import breakable
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole, Tone

_MOST = 12


class PublishSheet(FormSheet):
    """Asks for a note, and for a yes to what is amiss; holds back while there are problems."""

    def __init__(
        self,
        host: QWidget,
        title: str,
        problems: Sequence[str],
        warnings: Sequence[PublishWarning] = (),
        *,
        is_submission: bool = False,
    ) -> None:
        self.warnings = tuple(warnings)
        """What is confirmed by publishing."""
        form = Form()
        self.note = TextAreaField(
            _("What is new"), rows=3, hint=_("Kept with the version, for auditors to read.")
        )
        self.confirmed: CheckField | None = None
        if problems:
            words = _("This must be mended before the course can be published.")
            form.add_part(Banner(words, Tone.DANGER))
            for problem in problems[:_MOST]:
                form.add_part(PlainLabel(f"• {problem}", TextRole.BODY2, wrap=True))
            self.note.hide()
        else:
            form.add_part(Banner(_what_follows(is_submission=is_submission), Tone.INFO))
            self._add_warnings(form)
        form.add(self.note)
        words = _("Submit for approval") if is_submission else _("Publish")
        super().__init__(host, words, form, save=words, subtitle=title)
        self.save_button.setEnabled(not problems)

    def _add_warnings(self, form: Form) -> None:
        if not self.warnings:
            return
        for kind, some in by_kind(self.warnings):
            words = f"{amiss_words(kind, len(some))}."
            form.add_part(Banner(words, Tone.WARNING, icon="triangle-alert"))
            for lesson, files in by_lesson((one.lesson, _said(one)) for one in some):
                form.add_part(FactRow(lesson, files, icon="file-x", tone=Tone.WARNING))
        self.confirmed = CheckField(
            _("Publish it all the same"),
            required=True,
            hint=_("Your name, the time and this list are kept with the version."),
        )
        form.add(self.confirmed)


def _what_follows(*, is_submission: bool) -> str:
    if is_submission:
        return _(
            "This draft is frozen as a version. Somebody else looks at it, compares it with the one "
            "in force, and signs it or sends it back."
        )
    return " ".join(
        (
            _("New learners begin this version. Whoever has begun goes on with theirs."),
            _("It is published without approval: this site does not ask for it."),
        )
    )


def _said(warning: PublishWarning) -> str:
    return breakable(warning.file) if warning.amiss is Amiss.RECORDING else warning.why


def by_lesson(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Return each lesson with all that is said of its files, one a line."""
    grouped: dict[str, list[str]] = {}
    for lesson, said in pairs:
        grouped.setdefault(lesson, []).append(f"• {said}")
    return [(lesson, "\n".join(files)) for lesson, files in grouped.items()]

"""Building the form of a practical: steps by mouse, by keys and by pasting; then publishing it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.egress import Document
from app.core.training.practicals import FormContent, FormDetail, FormSection, FormStep, blank_form
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.handing_out import save_document
from app.ui.kit.layouts import FlowLayout
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.shortcuts import give_keys
from app.ui.kit.theme import Tone
from app.ui.training.form_edits import (
    changed_section,
    changed_step,
    moved_step,
    with_sections,
    with_step,
    without_heading,
    without_step,
)
from app.ui.training.form_lines import FormLines
from app.ui.training.form_sheets import HeadingForm, PasteForm, StepForm, WholeForm, content_of
from app.ui.training.practical_words import steps_in_words


class FormScreen(Screen[Services]):
    """Every change is kept as a draft at once; people are watched by it once it is published."""

    topics = frozenset({"practical_form", "practical_version"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Form of a practical"))
        self._forms = desk.services.training.practicals.forms
        self._requirement: UUID | None = None
        self.found: FormDetail | None = None
        self.content = FormContent(title="")
        self._may = desk.actor.scope_of(Capability.ASSIGN) is None
        self.publish_button = primary(_("Publish"), "check").on_press(self.ask_publishing)
        self.header.add_action(plain(_("Blank form"), "file-down").on_press(self.save_paper))
        self.header.add_action(plain(_("What it asks"), "settings").on_press(self.ask_whole))
        self.header.add_action(self.publish_button)
        self.trouble = Banner("", Tone.WARNING)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.body.addWidget(self._make_tools())
        self.card = Card(_("Steps"), gap=8)
        self.lines = FormLines(may_edit=self._may)
        self.card.body.addWidget(self.lines)
        self.empty = EmptyState(
            _("No steps yet. Paste a list, or add them one by one."),
            icon="list-checks",
            action=_("Paste steps"),
            act=self.ask_paste,
        )
        self.card.body.addWidget(self.empty)
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        self._connect()

    def _make_tools(self) -> QWidget:
        self._tools = QWidget()
        flow = FlowLayout(self._tools, gap=8)
        self.add_button = plain(_("Add a step"), "plus").on_press(self.ask_step)
        give_keys(self, self.add_button, "Ctrl+N")
        self.paste_button = plain(_("Paste steps"), "list").on_press(self.ask_paste)
        give_keys(self, self.paste_button, "Ctrl+Shift+V")
        self.heading_button = plain(_("Add a heading"), "heading").on_press(self.ask_heading)
        self.discard_button = plain(_("Discard the draft"), "undo-2").on_press(self.ask_discarding)
        for button in (
            self.add_button,
            self.paste_button,
            self.heading_button,
            self.discard_button,
        ):
            button.setEnabled(self._may)
            flow.addWidget(button)
        return self._tools

    def _connect(self) -> None:
        self.lines.step_opened.connect(self.ask_step_change)
        self.lines.step_asked.connect(self._do_with_step)
        self.lines.heading_opened.connect(self.ask_heading_change)
        self.lines.heading_asked.connect(self._do_with_heading)

    @override
    def enter(self, **args: object) -> None:
        """Take whose form it is: `requirement_id`."""
        requirement = args.get("requirement_id")
        if isinstance(requirement, UUID):
            self._requirement = requirement

    @override
    def refresh(self) -> None:
        """Load the form."""
        requirement, actor = self._requirement, self.desk.actor
        if requirement is not None:
            self.load(
                lambda _progress: self._forms.detail(actor, requirement), self._show, what="form"
            )

    def ask_step(self) -> None:
        """Ask what another step says; it comes last."""
        form = StepForm(self.content.language)
        last = len(self.content.sections) - 1

        def put(content: FormContent, step: FormStep) -> FormContent:
            return with_step(content, step, last)

        wish = partial(self._step_wish, form, put, _("The step was added."))
        open_form(self, _("Add a step"), form, wish, save=_("Add"))

    def ask_step_change(self, key: UUID) -> None:
        """Ask what a step is to say."""
        step = self.content.step(key)
        if step is None:
            return
        form = StepForm(self.content.language, step)

        def put(content: FormContent, new: FormStep) -> FormContent:
            return changed_step(content, key, lambda _old: new)

        wish = partial(self._step_wish, form, put, _("The step was changed."))
        open_form(self, _("Step"), form, wish)

    def _step_wish(
        self, form: StepForm, put: Callable[[FormContent, FormStep], FormContent], told: str
    ) -> Wish[None]:
        """Return what keeps a step with the picture that was chosen for it."""
        requirement, content = self._requirement, self.content
        if requirement is None:
            raise LookupError("a form of nothing")
        forms, actor, path, step = self._forms, self.desk.actor, form.path, form.step()

        def act() -> None:
            kept = step
            if path is not None:
                kept = replace(step, picture=forms.keep_picture(actor, content_of(path), path.name))
            forms.save_draft(actor, requirement, put(content, kept))

        return Wish(act, told)

    def ask_heading(self) -> None:
        """Ask what another heading says; steps that are added later come under it."""
        form = HeadingForm(self.content.language)

        def wish() -> Wish[None]:
            content = with_sections(self.content, [form.section()])
            return self._wish(content, _("The heading was added."))

        open_form(self, _("Add a heading"), form, wish, save=_("Add"))

    def ask_heading_change(self, place: int) -> None:
        """Ask what a heading is to say."""
        form = HeadingForm(self.content.language, self.content.sections[place])

        def change(old: FormSection) -> FormSection:
            new = form.section()
            return replace(old, title=new.title, titles=new.titles)

        def wish() -> Wish[None]:
            content = changed_section(self.content, place, change)
            return self._wish(content, _("The heading was changed."))

        open_form(self, _("Heading"), form, wish)

    def ask_paste(self) -> None:
        """Ask for lines, one a step."""
        form = PasteForm()

        def wish() -> Wish[None]:
            content = with_sections(self.content, form.sections())
            return self._wish(content, _("The steps were added."))

        open_form(self, _("Paste steps"), form, wish, save=_("Add"))

    def ask_whole(self) -> None:
        """Ask for title, stages, renewal, and what assessors hold."""
        found = self.found
        if found is None or not self._may:
            return
        form = WholeForm(self.content, found.summary)
        services, actor = self.desk.services, self.desk.actor
        requirement = found.summary.requirement_id

        def wish() -> Wish[None]:
            content, code = form.content(), form.holds.value().strip()

            def act() -> None:
                self._forms.save_draft(actor, requirement, content)
                if code.upper() != found.summary.assessor_holds:
                    held = (
                        services.training.catalogue.coded(actor, code).summary.id if code else None
                    )
                    self._forms.require_of_assessors(actor, requirement, held)

            return Wish(act, _("Kept as a draft."))

        open_form(self, _("What it asks"), form, wish, done=lambda _none: self.refresh())

    def ask_publishing(self) -> None:
        """Ask what changed, and let people be watched by the draft from now on."""
        found = self.found
        if found is None:
            return
        form = Form()
        note = TextField(_("What changed"), hint=_("Auditors read it beside the version."))
        form.add(note)
        forms, actor, requirement = self._forms, self.desk.actor, found.summary.requirement_id

        def wish() -> Wish[int]:
            return Wish(
                partial(forms.publish, actor, requirement, note.value()),
                _("It is published: rounds that begin now are watched by it."),
            )

        open_form(
            self,
            _("Publish the form"),
            form,
            wish,
            done=lambda _number: self.refresh(),
            save=_("Publish"),
            subtitle=steps_in_words(
                len(self.content.steps), sum(one.is_critical for one in self.content.steps)
            ),
        )

    def ask_discarding(self) -> None:
        """Ask whether the draft goes, and go back to the version in force."""
        question = Question(
            title=_("Discard the draft?"),
            text=_("The version that is published stays as it is."),
            yes=_("Discard"),
            danger=True,
        )
        if self._requirement is None:
            return
        forms, actor, requirement = self._forms, self.desk.actor, self._requirement
        self.desk.confirm(
            question,
            lambda _reason: self.act(
                lambda _progress: forms.discard_draft(actor, requirement),
                lambda _none: self.refresh(),
            ),
        )

    def save_paper(self) -> None:
        """Save the published form as PDF, to be filled by hand."""
        found = self.found
        if found is None or not found.versions:
            return
        newest, code = found.versions[0], found.summary.code

        def make(_progress: Progress) -> Document:
            return blank_form(code, newest, self.desk.place.name, self.desk.clock.now())

        ask_where(
            self, _("Blank form"), f"{code}.pdf", lambda path: save_document(self, path, make)
        )

    def change(self, edit: Callable[[FormContent], FormContent]) -> None:
        """Keep an edit as the draft, and show it."""
        wish = self._wish(edit(self.content), "")
        self.act(lambda _progress: wish.act(), lambda _none: self.refresh())

    def _wish(self, content: FormContent, told: str) -> Wish[None]:
        requirement = self._requirement
        if requirement is None:
            raise LookupError("a form of nothing")
        actor = self.desk.actor
        before, self.content = self.content, content

        def act() -> None:
            try:
                self._forms.save_draft(actor, requirement, content)
            except BaseException:
                self.content = before
                raise

        return Wish(act, told)

    def _do_with_step(self, key: UUID, wish: str) -> None:
        edits: dict[str, Callable[[FormContent], FormContent]] = {
            "up": lambda content: moved_step(content, key, -1),
            "down": lambda content: moved_step(content, key, 1),
            "delete": lambda content: without_step(content, key),
            "star": lambda content: changed_step(content, key, _starred),
        }
        self.change(edits[wish])

    def _do_with_heading(self, place: int, wish: str) -> None:
        if wish == "delete":
            self.change(lambda content: without_heading(content, place))

    def _show(self, found: FormDetail) -> None:
        self.found, self.content = found, found.draft
        one = found.summary
        version = (
            _("version {number}").format(number=one.version) if one.version else _("not published")
        )
        self.header.set_words(found.draft.title or one.title, f"{one.code} · {version}")
        self.lines.show_form(found.draft)
        has_steps = bool(found.draft.steps)
        self.empty.setVisible(not has_steps)
        self.publish_button.setEnabled(self._may and one.has_draft and not found.problems)
        self.discard_button.setEnabled(self._may and one.has_draft and bool(one.version))
        problems = " ".join(found.problems) if has_steps else ""
        self.trouble.set_text(problems)
        self.trouble.setVisible(bool(problems))


def _starred(step: FormStep) -> FormStep:
    return replace(step, is_critical=not step.is_critical)


SPEC = ScreenSpec(
    key="practical_form",
    title=mark("Form of a practical"),
    icon="list-checks",
    needs=Capability.ASSIGN,
    factory=FormScreen,
    in_navigation=False,
)

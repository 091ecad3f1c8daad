"""Curricula and audiences in the window: added, changed once it is seen what that does, retired, brought back."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.training.matrix import (
    Curriculum,
    GridColumn,
    MatrixImpact,
    Proposal,
    SavedAudience,
)
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.dialogs import Question
from app.ui.kit.screen import Screen
from app.ui.training.matrix_forms import AudienceForm, CurriculumForm
from app.ui.training.matrix_sheets import SetLine, SetsSheet, audience_about, curriculum_about
from app.ui.training.rule_forms import RuleChoices

ShowImpact = Callable[[Proposal, MatrixImpact], None]


class MatrixSets:
    """What the screen of the matrix does with its sets; whoever may not change them looks."""

    def __init__(self, host: Screen[Services], show_impact: ShowImpact) -> None:
        self._host = host
        self._show_impact = show_impact
        self._matrix = host.desk.services.training.matrix
        self._actor = host.desk.actor
        self._shapes = self._actor.scope_of(Capability.ASSIGN) is None

    def ask_curricula(self) -> None:
        """Show the curricula."""
        curricula, actor = self._matrix.curricula, self._actor
        self._host.load(lambda _progress: curricula.all(actor), self._show_curricula, what="sets")

    def _show_curricula(self, found: tuple[Curriculum, ...]) -> None:
        lines = [
            SetLine(
                name=f"{one.title} · {one.code}",
                about=curriculum_about(one),
                change=partial(self._ask_curriculum, one),
                retire=partial(self._retire_curriculum, one),
                bring_back=partial(
                    self._bring_back,
                    partial(self._matrix.curricula.bring_back, self._actor, one.id),
                ),
                retired_on=one.retired_on,
            )
            for one in found
        ]
        add = (_("Add a curriculum"), partial(self._ask_curriculum, None))
        SetsSheet(
            self._host, _("Curricula"), lines, add if self._shapes else None,
            _("No curriculum yet: a named set of requirements, such as all that a new joiner needs."),
        ).open()  # fmt: skip

    def _ask_curriculum(self, known: Curriculum | None) -> None:
        matrix, actor = self._matrix, self._actor

        def show(columns: tuple[GridColumn, ...]) -> None:
            form = CurriculumForm(columns, known)
            if known is None:
                self._add_curriculum(form)
            else:
                self._change(_("Change “{title}”").format(title=known.title), form, known)

        self._host.load(lambda _progress: matrix.grid(actor).columns, show, what="columns")

    def _add_curriculum(self, form: CurriculumForm) -> None:
        matrix, actor = self._matrix, self._actor

        def wish() -> Wish[UUID]:
            code, title, parts = form.code.value(), form.title.value(), form.ids()
            return Wish(
                lambda: matrix.curricula.add(actor, code, title, parts),
                _("The curriculum is there: put it into the matrix."),
            )

        open_form(self._host, _("Add a curriculum"), form, wish)

    def ask_audiences(self) -> None:
        """Show the audiences."""
        audiences, actor = self._matrix.audiences, self._actor
        self._host.load(lambda _progress: audiences.all(actor), self._show_audiences, what="sets")

    def _show_audiences(self, found: tuple[SavedAudience, ...]) -> None:
        lines = [
            SetLine(
                name=f"{one.title} · {one.code}",
                about=audience_about(one),
                change=partial(self._ask_audience, one),
                retire=partial(self._retire_audience, one),
                bring_back=partial(
                    self._bring_back, partial(self._matrix.bring_back_audience, self._actor, one.id)
                ),
                retired_on=one.retired_on,
            )
            for one in found
        ]
        add = (_("Add an audience"), partial(self._ask_audience, None))
        SetsSheet(
            self._host, _("Audiences"), lines, add if self._shapes else None,
            _("No audience yet: a saved condition, such as all contractors of Plot 4."),
        ).open()  # fmt: skip

    def _ask_audience(self, known: SavedAudience | None) -> None:
        def show(choices: RuleChoices) -> None:
            form = AudienceForm(choices, known)
            if known is None:
                self._add_audience(form)
            else:
                self._change(_("Change “{title}”").format(title=known.title), form, known)

        self._host.load(self._choices, show, what="choices")

    def _add_audience(self, form: AudienceForm) -> None:
        matrix, actor = self._matrix, self._actor

        def wish() -> Wish[UUID]:
            code, title, condition = form.code.value(), form.title.value(), form.condition()
            return Wish(
                lambda: matrix.audiences.add(actor, code, title, condition),
                _("The audience is there: say in the matrix what is asked of it."),
            )

        open_form(self._host, _("Add an audience"), form, wish)

    def _change(
        self, title: str, form: CurriculumForm | AudienceForm, known: Curriculum | SavedAudience
    ) -> None:
        """Ask what else it is to stand for, then say what that does before it is applied."""
        matrix, actor = self._matrix, self._actor

        def proposal() -> Proposal:
            if isinstance(form, CurriculumForm):
                return Proposal(parts={known.id: form.ids()})
            return Proposal(conditions={known.id: form.condition()})

        def wish() -> Wish[tuple[Proposal, MatrixImpact]]:
            wanted = proposal()
            return Wish(
                lambda: (wanted, matrix.try_out(actor, wanted, matrix.first_day(actor, wanted))),
                _("Nothing is changed yet: see what it does."),
            )

        open_form(
            self._host,
            title,
            form,
            wish,
            save=_("See what it does"),
            done=lambda found: self._show_impact(*found),
        )

    def _choices(self, _progress: Progress) -> RuleChoices:
        organisation, actor = self._host.desk.services.people.organisation, self._actor
        return RuleChoices(
            requirements=(),
            units=organisation.org_units(actor),
            roles=organisation.job_roles(actor),
            offered=self._host.desk.services.training.enrolment.offered(actor),
        )

    def _retire_curriculum(self, one: Curriculum) -> None:
        act = partial(
            self._matrix.curricula.retire, self._actor, one.id, local_day(self._host.desk.clock)
        )
        text = _("From today on it is given to nobody. Who has something of it keeps that.")
        self._ask_retiring(one.title, text, act)

    def _retire_audience(self, one: SavedAudience) -> None:
        act = partial(self._matrix.retire_audience, self._actor, one.id)
        text = _("It leaves the matrix. Nothing is asked of it, so nobody gains or loses anything.")
        self._ask_retiring(one.title, text, act)

    def _ask_retiring(self, title: str, text: str, act: Callable[[str], None]) -> None:
        question = Question(
            title=_("Retire “{title}”?").format(title=title),
            text=text,
            yes=_("Retire"),
            ask_reason=True,
            careful=True,
        )
        self._host.act_on_yes(question, act, _("{title} is retired.").format(title=title))

    def _bring_back(self, act: Callable[[], None]) -> None:
        self._host.act(
            lambda _progress: act(), lambda _done: self._host.desk.toast(_("It is there again."))
        )

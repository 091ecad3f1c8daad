"""Forms that show some of their fields only at times: none is shown before it has its place."""

import pytest
from pytestqt.qtbot import QtBot

from app.ui.kit.forms.form import Form
from app.ui.kit.theme import Theme
from app.ui.training.document_forms import DocumentForm, FormChoices
from app.ui.training.matrix_forms import CurriculumForm
from app.ui.training.rule_forms import RuleChoices, RuleForm
from app.ui.training.task_forms import TaskForm
from tests.support.stray_windows import watch_for_stray_windows


def test_no_field_is_a_window_of_its_own_and_takes_the_focus(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = watch_for_stray_windows(monkeypatch)

    made: list[Form] = [
        RuleForm(RuleChoices(requirements=(), units=(), roles=())),
        DocumentForm(FormChoices(units=(), requirements={})),
        CurriculumForm(()),
        TaskForm(),
    ]
    for form in made:
        qtbot.addWidget(form)

    assert stray == []

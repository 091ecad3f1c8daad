"""How questions are worded in lists."""

from app.core.assessments import BankEntry, advice, field_problems, plain_text, question_type
from app.core.base.words import _, current_language, language_name, plural
from app.ui.assessments.authoring.editors import type_icon
from app.ui.kit.tables.columns import Cell
from app.ui.kit.theme import Tone

_LONG = 200


def type_cell(entry: BankEntry) -> Cell:
    """Return the type of a question as a chip with its icon."""
    key = entry.question.type
    return Cell(_(question_type(key).title), Tone.NEUTRAL, icon=type_icon(key))


def state_cell(entry: BankEntry) -> Cell:
    """Return whether a question can be asked."""
    if entry.is_withdrawn:
        return Cell(_("Withdrawn"), Tone.NEUTRAL, icon="archive")
    if field_problems(entry.question):
        return Cell(_("Not ready"), Tone.WARNING, icon="pencil")
    if advice(entry.question):
        return Cell(_("Look again"), Tone.WARNING, icon="circle-alert")
    if entry.question.critical:
        return Cell(_("Must be right"), Tone.INFO, icon="star")
    return Cell(_("Ready"), Tone.SUCCESS, icon="circle-check")


def words(entry: BankEntry) -> str:
    """Return what a question asks, in one line; its name while it asks nothing."""
    return plain_text(entry.question.stem)[:_LONG] or entry.title


def about(entry: BankEntry) -> str:
    """Return name, points, version and tags of a question in one line."""
    question = entry.question
    parts = [question.name] if question.name else []
    parts += [plural("{count} point", "{count} points", question.points)]
    parts += [_("version {number}").format(number=entry.number)] if entry.number > 1 else []
    return " · ".join([*parts, *question.tags])


def languages(entry: BankEntry) -> str:
    """Return the languages of a question under their own names."""
    question = entry.question
    codes = (question.language or current_language(), *(o.language for o in question.translations))
    return ", ".join(language_name(code) for code in codes)

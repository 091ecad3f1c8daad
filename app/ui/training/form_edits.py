"""Edits of a form as values: add, move, change and delete a step or a heading. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from app.core.training.practicals import FormContent, FormSection, FormStep


def with_step(content: FormContent, step: FormStep, section: int) -> FormContent:
    """Return a form with a step added at the end of a section; of one that has none, in the first."""
    sections = list(content.sections or (FormSection(),))
    place = min(max(section, 0), len(sections) - 1)
    sections[place] = replace(sections[place], steps=(*sections[place].steps, step))
    return replace(content, sections=tuple(sections))


def with_sections(content: FormContent, added: Sequence[FormSection]) -> FormContent:
    """Return a form with more sections; steps without a heading join the last one."""
    sections = list(content.sections)
    for one in added:
        if sections and not one.title:
            sections[-1] = replace(sections[-1], steps=(*sections[-1].steps, *one.steps))
        else:
            sections.append(one)
    return replace(content, sections=tuple(sections))


def changed_step(
    content: FormContent, key: UUID, change: Callable[[FormStep], FormStep]
) -> FormContent:
    """Return a form in which one step is another."""
    return _mapped(content, lambda step: change(step) if step.key == key else step)


def without_step(content: FormContent, key: UUID) -> FormContent:
    """Return a form without a step; sections that are empty and nameless go with it."""
    sections = (
        replace(one, steps=tuple(step for step in one.steps if step.key != key))
        for one in content.sections
    )
    return replace(content, sections=tuple(one for one in sections if one.steps or one.title))


def moved_step(content: FormContent, key: UUID, by: int) -> FormContent:
    """Return a form in which a step stands one further up (-1) or down (1), over headings too."""
    sections = [list(one.steps) for one in content.sections]
    for at, steps in enumerate(sections):
        place = next((index for index, step in enumerate(steps) if step.key == key), None)
        if place is None:
            continue
        step = steps.pop(place)
        if 0 <= place + by <= len(steps):
            steps.insert(place + by, step)
        elif 0 <= at + by < len(sections):
            other = sections[at + by]
            other.insert(0 if by > 0 else len(other), step)
        else:
            steps.insert(place, step)
        break
    made = zip(content.sections, sections, strict=True)
    return replace(content, sections=tuple(replace(one, steps=tuple(steps)) for one, steps in made))


def changed_section(
    content: FormContent, place: int, change: Callable[[FormSection], FormSection]
) -> FormContent:
    """Return a form in which one section is another."""
    sections = list(content.sections)
    sections[place] = change(sections[place])
    return replace(content, sections=tuple(sections))


def without_heading(content: FormContent, place: int) -> FormContent:
    """Return a form without a heading; its steps join the section before."""
    sections = list(content.sections)
    gone = sections.pop(place)
    if place:
        before = sections[place - 1]
        sections[place - 1] = replace(before, steps=(*before.steps, *gone.steps))
    elif gone.steps:
        sections.insert(0, FormSection(steps=gone.steps))
    return replace(content, sections=tuple(sections))


def _mapped(content: FormContent, change: Callable[[FormStep], FormStep]) -> FormContent:
    sections = (
        replace(one, steps=tuple(change(step) for step in one.steps)) for one in content.sections
    )
    return replace(content, sections=tuple(sections))

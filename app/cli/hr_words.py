"""Dry runs, runs and mappings of HR files, as the command line tells them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.core.base.figures import day, moment
from app.core.base.figures import number as grouped
from app.core.base.words import _, plural
from app.core.people import leaving_in_words
from app.core.people.imports import (
    FIELD_TITLES,
    ChangedPerson,
    HrMapping,
    ImportRun,
    NotTaken,
    PastImport,
    PeoplePlan,
    Returning,
    RowError,
    TakeBackPlan,
    Touched,
    WatchedFile,
    doubtful_words,
)
from app.core.training.matrix import GapCount, gap_counts_together

Gaps = Mapping[UUID, GapCount]
_NO_GAPS: Gaps = {}
_SHOWN = 20


def plan_text(plan: PeoplePlan, gaps: Gaps = _NO_GAPS) -> str:
    """Return what a plan would do, in lines."""
    lines = [
        _("{new} new, {changed} changed, {unchanged} unchanged, {errors} with errors").format(
            new=grouped(len(plan.new)),
            changed=grouped(len(plan.changed)),
            unchanged=grouped(plan.unchanged),
            errors=grouped(len(plan.errors)),
        ),
        _("{moved} moved, {back} came back, {gone} missing, of whom {left} leave").format(
            moved=grouped(len(plan.moved)),
            back=grouped(len(plan.back)),
            gone=grouped(len(plan.gone)),
            left=grouped(len(plan.leaving)),
        ),
        *(_error_line(plan, error) for error in plan.errors[:_SHOWN]),
    ]
    for words, names in (
        (_("New org units: {names}"), plan.new_org_units),
        (_("New job roles: {names}"), plan.new_job_roles),
        (_("Columns ignored for privacy: {names}"), plan.private_columns),
        (_("Columns not used: {names}"), plan.ignored_columns),
        (_("Not changed, for it belongs to others: {names}"), _closed(plan)),
        (_("Sheets not read: {names}"), plan.unread_parts),
        (_("Words not understood: {names}"), [one.word for one in plan.unknown_words]),
        (_("Left and in the file; still left: {names}"), _still_left(plan)),
        (_("Accounts disabled: {names}"), [one.number for one in plan.closing]),
        (_("Perhaps here already, under the number in brackets: {names}"), _twins(plan)),
        (_("Another name than whoever left with the number: {names}"), _doubts(plan)),
        (_("Moved by the file of that day, not today: {names}"), _later(plan)),
        (_("Missing: {names}"), [one.number for one in plan.gone]),
    ):
        if names:
            more = "" if len(names) <= _SHOWN else " …"
            lines.append(words.format(names=", ".join(names[:_SHOWN]) + more))
    lines += _leaving_lines(plan)
    lines += _gap_lines(plan, gaps)
    if plan.mapping.name:
        lines.append(_("Read by the mapping {name}").format(name=plan.mapping.name))
    return "\n".join(lines)


def _leaving_lines(plan: PeoplePlan) -> list[str]:
    """Return who leaves by the file and on which day, who stays after all, and which day is doubtful."""
    lines = [
        f"{one.person.number}: {leaving_in_words(one.person.left_on)}"
        for one in plan.going[:_SHOWN]
        if one.person.left_on is not None
    ]
    if len(plan.going) > _SHOWN:
        lines.append(_("and {count} more").format(count=grouped(len(plan.going) - _SHOWN)))
    if plan.staying:
        more = "" if len(plan.staying) <= _SHOWN else " …"
        names = ", ".join(one.person.number for one in plan.staying[:_SHOWN]) + more
        lines.append(_("Were to leave and stay after all: {names}").format(names=names))
    if plan.doubtful_columns:
        lines.append(doubtful_words(plan))
    return lines


def _gap_lines(plan: PeoplePlan, gaps: Gaps) -> list[str]:
    """Return what other job roles make new, keep and end, by person and together."""
    told = [(one.person.number, gaps[one.id]) for one in plan.changed if one.id in gaps]
    lines = [f"{person}: {count.in_words}" for person, count in told[:_SHOWN]]
    if len(told) > 1:
        together = gap_counts_together(count for _number, count in told).in_words
        words = _("{count} people with other job roles, together: {what}")
        lines.append(words.format(count=grouped(len(told)), what=together))
    return lines


def _closed(plan: PeoplePlan) -> list[str]:
    return [_(FIELD_TITLES[one]) for one in plan.closed]


def plan_data(plan: PeoplePlan, gaps: Gaps = _NO_GAPS) -> dict[str, object]:
    """Return a plan for scripts: what becomes of people, then what the file is."""
    told = {one.person.number: gaps[one.id]._asdict() for one in plan.changed if one.id in gaps}
    return {**_people_data(plan), "gaps": told, **_file_data(plan)}


def _people_data(plan: PeoplePlan) -> dict[str, object]:
    return {
        "new": len(plan.new),
        "changed": [_change_data(one) for one in plan.changed],
        "unchanged": plan.unchanged,
        "errors": [_error_data(plan, one) for one in plan.errors],
        "gone": [
            {"number": one.number, "name": one.name, "leaves_on": one.leaves_on}
            for one in plan.gone
        ],
        "returning": [_returning_data(one) for one in plan.returning],
        "twins": [[one.person.number, one.number] for one in plan.twins],
        "staying": [one.person.number for one in plan.staying],
        "accounts_closed": [one.number for one in plan.closing],
        "confirm": plan.guard.count if plan.guard else None,
        "closed_fields": [one.value for one in plan.closed],
    }


def _file_data(plan: PeoplePlan) -> dict[str, object]:
    return {
        "open_day": plan.open_day or None,
        "unknown_words": [[one.field.value, one.word] for one in plan.unknown_words],
        "mapping": plan.mapping.name or None,
        "coverage": plan.terms.coverage.value,
        "doubtful_columns": list(plan.doubtful_columns),
        "columns": {one.heading: one.field.value for one in plan.columns if one.field},
        "new_org_units": list(plan.new_org_units),
        "new_job_roles": list(plan.new_job_roles),
        "ignored_columns": list(plan.ignored_columns),
        "private_columns": list(plan.private_columns),
        "unread_sheets": list(plan.unread_parts),
        "encoding": plan.encoding,
    }


def _change_data(one: ChangedPerson) -> dict[str, object]:
    return {
        "number": one.person.number,
        "changes": {change.field: [change.old, change.new] for change in one.changes},
        "moved": one.is_moved,
        "back_on": one.back_on,
    }


def _returning_data(one: Returning) -> dict[str, object]:
    return {
        "number": one.person.number,
        "left_on": one.left_on,
        "back_on": one.back_on,
        "known_as": one.known_as or None,
    }


def _error_data(plan: PeoplePlan, one: RowError) -> dict[str, object]:
    return {
        "file": _part(plan, one),
        "line": one.line,
        "number": one.number,
        "field": one.field,
        "reason": one.reason,
        "choices": list(one.choices),
    }


def watched_text(waiting: Sequence[WatchedFile], passed_over: Sequence[NotTaken]) -> str:
    """Return the files of the watched folder in lines, with how many wait."""
    lines = [f"{one.path.name}\t{one.state.value}\t{one.mapping or '–'}" for one in waiting]
    lines += [f"{one.path.name}\t{one.words}" for one in passed_over]
    return "\n".join([*lines, plural("{count} file waits", "{count} files wait", len(waiting))])


def watched_data(file: WatchedFile) -> dict[str, object]:
    """Return a file of the watched folder for scripts."""
    return {
        "sha256": file.sha256,
        "path": str(file.path),
        "state": file.state.value,
        "mapping": file.mapping,
        "counts": file.counts,
        "words": file.words,
    }


def mapping_data(mapping: HrMapping) -> dict[str, object]:
    """Return a mapping for scripts."""
    return {
        "name": mapping.name,
        "columns": {heading: field.value if field else None for heading, field in mapping.columns},
        "days": mapping.order.value if mapping.order else None,
        "words": [[field.value, word, means] for field, word, means in mapping.words],
        "whole": mapping.coverage.value,
        "threshold": {"percent": mapping.threshold.percent, "most": mapping.threshold.most},
        "owns": mapping.owns,
    }


def run_line(past: PastImport) -> str:
    """Return one import in a line."""
    state = _("taken back") if past.is_taken_back else ""
    parts = (
        past.deed.position,
        moment(past.deed.at),
        past.by or _("the program"),
        *(_files_and_counts(past.run) if past.run else ()),
        state,
    )
    return "\t".join(filter(None, parts))


def _files_and_counts(run: ImportRun) -> tuple[str, str]:
    files = ", ".join(name for name, _sha256 in run.files if name)
    return files, " ".join(f"{key}={count}" for key, count in run.counts.items() if count)


def run_data(past: PastImport) -> dict[str, object]:
    """Return one import for scripts."""
    run = past.run
    return {
        "position": past.deed.position,
        "at": past.deed.at,
        "by": past.by,
        "taken_back": past.is_taken_back,
        "mapping": run.mapping if run else None,
        "files": [{"name": name, "sha256": sha256} for name, sha256 in run.files] if run else [],
        "private_columns": list(run.private) if run else [],
        "counts": run.counts if run else {},
        "fixes": run.fixes if run else 0,
        "confirmed": run.typed if run else None,
    }


def taken_back_data(plan: TakeBackPlan) -> dict[str, object]:
    """Return what taking an import back does, for scripts."""

    def named(people: tuple[Touched, ...]) -> list[str]:
        return [one.number for one in people]

    return {
        "position": plan.past.deed.position,
        "leaving": named(plan.leaving),
        "restored": named(plan.restored),
        "kept": named(plan.kept),
        "staying": list(plan.staying),
    }


def _error_line(plan: PeoplePlan, error: RowError) -> str:
    line = _("Line {line}, {number}: {reason}").format(
        line=error.line, number=error.number or "–", reason=error.reason
    )
    return " · ".join(filter(None, (_part(plan, error), line)))


def _part(plan: PeoplePlan, error: RowError) -> str:
    return plan.parts[error.part] if error.part < len(plan.parts) else ""


def _later(plan: PeoplePlan) -> list[str]:
    return [f"{one.number} ({day(one.moved_on)})" for one in plan.moving_later if one.moved_on]


def _twins(plan: PeoplePlan) -> list[str]:
    return [f"{one.person.number} ({one.number})" for one in plan.twins]


def _doubts(plan: PeoplePlan) -> list[str]:
    return [f"{one.person.number} ({one.known_as})" for one in plan.returning if one.known_as]


def _still_left(plan: PeoplePlan) -> list[str]:
    return [one.person.number for one in plan.returning if one.back_on is None]

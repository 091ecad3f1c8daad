"""What would become of a folder, before anything of it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.core.base.figures import duration, number, size
from app.core.base.words import _, plural
from app.core.courses import Finding, ImportReport, brought_along
from app.ui.courses.lesson_lines import LessonLine
from app.ui.courses.package_card import PackageCard
from app.ui.courses.wording import breakable, lessons_words, package_words
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import CountChip, StatusChip
from app.ui.kit.covers import CoverArt
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, SideBySide, column, row
from app.ui.kit.theme import TextRole, Tone

_MOST_LESSONS, _MOST_FINDINGS = 100, 40


class ImportReportView(QWidget):
    """Title, lessons, what will not play, what should be known, what nobody will see."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("What the import would make"))
        self.report = report
        main, side = QWidget(), QWidget()
        left, right = column(main, gap=16), column(side, gap=16)
        if report.lessons:
            left.addWidget(self._lessons())
        if report.package is not None and report.package.manifest is not None:
            left.addWidget(PackageCard(report.package, report.package.manifest))
        left.addStretch(1)
        self._add_findings(right)
        right.addStretch(1)
        around = column(self, gap=16)
        around.addWidget(self._head())
        both = SideBySide(
            main, side, side_width=340, fold_below=900, side_first=bool(report.problems)
        )
        around.addWidget(both)
        around.addStretch(1)  # what is left over lies below, not between the two

    def _head(self) -> Card:
        report, card = self.report, Card(margin=16)
        line = row(gap=16)
        cover = CoverArt(report.title, icon=report.topic, hint=QSize(132, 96))
        cover.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line.addWidget(cover)
        words = column(gap=6)
        words.addWidget(PlainLabel(report.title, TextRole.H1, wrap=True))
        words.addWidget(PlainLabel(_summary(report), TextRole.BODY2, wrap=True))
        said = QWidget()
        chips = FlowLayout(said, gap=8)
        chips.addWidget(_verdict(report))
        for told in _package_chips(report):
            chips.addWidget(StatusChip(told, Tone.NEUTRAL))
        words.addWidget(said)
        words.addStretch(1)
        line.addLayout(words, 1)
        card.body.addLayout(line)
        return card

    def _lessons(self) -> Card:
        lessons = self.report.lessons
        card = Card(_("Lessons it would make"), gap=4)
        card.add_action(CountChip(number(len(lessons)), Tone.PRIMARY))
        for place, lesson in enumerate(lessons[:_MOST_LESSONS], start=1):
            card.body.addWidget(LessonLine(place, lesson))
        _add_rest(card, len(lessons) - _MOST_LESSONS)
        return card

    def _add_findings(self, side: QVBoxLayout) -> None:
        report = self.report
        if brings := brought_along(report.sample):
            card = Card(_("Comes with it"))
            for told in brings:
                card.body.addWidget(FactRow(told, "", icon="plus", tone=Tone.PRIMARY))
            side.addWidget(card)
        problems, warnings = (_within(report, some) for some in (report.problems, report.warnings))
        if problems:
            side.addWidget(_findings(_("Cannot be imported"), problems, Tone.DANGER))
        if warnings:
            side.addWidget(_findings(_("Good to know"), warnings, Tone.WARNING))
        if report.unused:
            said = [Finding(file=name, text=_("Nothing becomes of it.")) for name in report.unused]
            side.addWidget(_findings(_("Left out"), said, Tone.NEUTRAL))
        if not (report.findings or report.unused):
            fine = Card(_("Checked"))
            fine.body.addWidget(
                FactRow(
                    _("Everything can be used"),
                    _("Every file opens on this PC, and nothing points outside the folder."),
                    icon="circle-check",
                    tone=Tone.SUCCESS,
                )
            )
            side.addWidget(fine)


def _verdict(report: ImportReport) -> StatusChip:
    blocked = len(report.problems)
    if blocked:
        words = plural("{count} problem", "{count} problems", blocked)
        return StatusChip(words, Tone.DANGER)
    return StatusChip(_("Ready to import"), Tone.SUCCESS)


def _package_chips(report: ImportReport) -> tuple[str, ...]:
    return tuple(filter(None, package_words(report.package)))


def _summary(report: ImportReport) -> str:
    seconds = sum(lesson.seconds for lesson in report.lessons)
    parts = [report.code, lessons_words(len(report.lessons))]
    if seconds:
        parts.append(duration(seconds))
    parts.append(size(report.size))
    return " · ".join(parts)


def _findings(title: str, findings: Sequence[Finding], tone: Tone) -> Card:
    icons = {Tone.DANGER: "file-x", Tone.WARNING: "info", Tone.NEUTRAL: "circle-minus"}
    card = Card(title, gap=10)
    card.add_action(CountChip(number(len(findings)), tone))
    for file, texts in _by_file(findings[:_MOST_FINDINGS]):
        name = breakable(file) or title
        card.body.addWidget(FactRow(name, "\n".join(texts), icon=icons[tone], tone=tone))
    _add_rest(card, len(findings) - _MOST_FINDINGS)
    return card


def _within(report: ImportReport, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings named within the one package that is imported: everybody knows which it is."""
    if report.package is None:
        return list(findings)
    whole = report.path.name
    return [
        replace(one, file=one.file.removeprefix(f"{whole}: ").removeprefix(whole) or _("Package"))
        for one in findings
    ]


def _by_file(findings: Iterable[Finding]) -> Iterable[tuple[str, list[str]]]:
    grouped: dict[str, list[str]] = {}
    for finding in findings:
        grouped.setdefault(finding.file, []).append(_said(finding))
    return grouped.items()


def _said(finding: Finding) -> str:
    if finding.line is None:
        return finding.text
    return _("Line {line}: {text}").format(line=number(finding.line), text=finding.text)


def _add_rest(card: Card, count: int) -> None:
    if count > 0:
        words = plural("and {count} more", "and {count} more", count)
        card.body.addWidget(PlainLabel(words, TextRole.MUTED))

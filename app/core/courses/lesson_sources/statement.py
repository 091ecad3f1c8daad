"""A statement that is confirmed, as a file: what an exported course has in the place of an acknowledgement."""

import json
from collections.abc import Mapping

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.courses.course_file import MAX_BYTES, MAX_TEXT
from app.core.courses.editing import SIGNED, STATEMENTS, statement_body
from app.core.courses.lesson_sources.drafts import problems
from app.core.courses.names import KNOWN_LANGUAGES, visible
from app.core.courses.outline import LessonPlan
from app.core.courses.sources import LessonDraft, SourceFile
from app.core.journal import Unit

STATEMENT_SUFFIX = ".statement"
_SECONDS = 60


class StatementSource:
    """Reads JSON with the statement by language, and whether it is signed."""

    kind = "acknowledgement"
    suffixes = frozenset({STATEMENT_SUFFIX})

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:  # noqa: ARG002  it is short
        """Say which statement it is, or that it is none."""
        with file.path.open("rb") as opened:
            body = _body(opened.read(MAX_BYTES))
        plan = LessonPlan(kind=self.kind, title=file.title, seconds=_SECONDS, body=body or {})
        if body is None:
            text = _("It is not a statement that this program wrote.")
            return LessonDraft(plan=plan, findings=problems(file, (text,)))
        return LessonDraft(plan=plan)

    def store(
        self,
        unit: Unit,  # noqa: ARG002  it is all in the outline
        assets: AssetStore,  # noqa: ARG002  likewise
        file: SourceFile,  # noqa: ARG002  likewise
        draft: LessonDraft,
    ) -> LessonPlan:
        """Return the lesson: there is nothing to keep beside it."""
        return draft.plan


def statement_file(body: Mapping[str, object]) -> bytes:
    """Return the statement of a lesson as a file that `StatementSource` reads."""
    said = {STATEMENTS: body.get(STATEMENTS, {}), SIGNED: body.get(SIGNED, False)}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _body(untrusted: bytes) -> dict[str, object] | None:
    try:
        said = json.loads(untrusted)
        statements, is_signed = said[STATEMENTS], said.get(SIGNED, False)
        told = {code: visible(text) for code, text in statements.items() if code in KNOWN_LANGUAGES}
    except (ValueError, RecursionError, TypeError, LookupError, AttributeError):
        return None
    is_right = told and all(text.strip() and len(text) <= MAX_TEXT for text in told.values())
    return statement_body(told, is_signed=is_signed is True) if is_right else None

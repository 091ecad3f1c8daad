"""The results of a practical as rows, for CSV and spreadsheets: one a signature, or one without."""

from collections.abc import Sequence

from app.core.base.words import _
from app.core.signatures import SignatureLine, as_read, meaning_in_words
from app.core.training.practicals.sheets import VERDICTS_IN_WORDS, form_in_words
from app.core.training.practicals.types import PracticalRecord


def result_columns() -> list[tuple[str, str]]:
    """Return key and title of each column."""
    return [
        ("number", _("Number")),
        ("name", _("Person")),
        ("code", _("Code")),
        ("title", _("Practical")),
        ("verdict", _("Result")),
        ("remark", _("Remark")),
        ("form", _("Form")),
        ("signer", _("Signed by")),
        ("signer_number", _("Number of the signer")),
        ("meaning", _("Meaning")),
        ("signed_at", _("Signed")),
        ("signature", _("Signature")),
    ]


def result_rows(record: PracticalRecord, signed: Sequence[SignatureLine]) -> list[tuple[str, ...]]:
    """Return a row for each signature under each result, newest result first."""
    rows: list[tuple[str, ...]] = []
    for result in record.all_results:
        about = (
            record.number,
            record.name,
            record.code,
            record.title,
            _(VERDICTS_IN_WORDS[result.verdict]),
            result.remark,
            form_in_words(record, record.round_of(result)),
        )
        ids = {one.id for one in result.signings}
        hands = [
            (line.name, line.number, meaning_in_words(line.meaning), as_read(line), str(line.id))
            for line in signed
            if line.record_id in ids
        ]
        rows += [(*about, *hand) for hand in hands or [("", "", _("Not signed yet"), "", "")]]
    return rows

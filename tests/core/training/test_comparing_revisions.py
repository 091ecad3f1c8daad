"""Two revisions side by side: which words differ on which page, and what cannot be compared is said."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app.core.approvals import Comparison, Fate, comparison_lines
from app.core.approvals.words_apart import words_apart
from app.core.base.errors import NotAllowed
from app.core.base.progress import NoProgress
from app.core.training import TrainingRefused
from app.core.training.controlled import NewRevision
from app.core.training.controlled.aligning import aligned
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, Office, an_office, learner, people_adder
from tests.support.in_touch import first_pc

LOCK = "Lock the red valve before you reach in, hang your tag on it and try the switch."
TRY = "Try the switch once more; then wait until the drum stands still for a minute."
SIGN = "Sign the sheet beside the door and hand the key back to whoever has the next shift."


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


def a_file(folder: Path, name: str, *pages: str) -> Path:
    """Write a PDF: a page for each text, in lines of a few words; "" is a page that is only a drawing."""
    path = folder / f"{name}.pdf"
    canvas = Canvas(str(path), pagesize=(300, 400), invariant=True)
    for text in pages:
        words = text.split()
        for line in range(0, len(words), 5):
            canvas.drawString(30, 350 - 4 * line, " ".join(words[line : line + 5]))
        if not words:
            canvas.circle(100, 100, 50)
        canvas.showPage()
    canvas.save()
    return path


def revision(office: Office, document: UUID, label: str, **files: Path) -> UUID:
    new = NewRevision(
        label=label,
        effective_from=office.today + timedelta(days=int(label)),
        summary=f"Step {label} is new",
        files=dict(files),
    )
    return office.documents.add_revision(AUTHOR, document, new)


def compared(office: Office, *files: dict[str, Path]) -> Comparison:
    """Compare two revisions of a document with these files."""
    document = office.document()
    ids = [
        revision(office, document, str(number), **some)
        for number, some in enumerate(files, start=1)
    ]
    return office.documents.comparing.compare(AUTHOR, ids[0], ids[1], NoProgress())


def test_words_that_came_and_went_stand_marked_under_their_page(office: Office) -> None:
    before = a_file(office.folder, "a", LOCK, TRY)
    after = a_file(office.folder, "b", LOCK.replace("red valve", "blue main valve"), TRY)

    found = compared(office, {"en": before}, {"en": after})

    (page,) = found.parts
    assert (page.title, page.fate, page.before, page.after) == (
        "English, page 1", Fate.CHANGED, 1, 1,
    )  # fmt: skip
    (words,) = page.differences
    assert words.before == "Lock the «red» valve before you reach in, hang …"
    assert words.after == "Lock the «blue main» valve before you reach in, hang …"
    assert [one.name for one in found.whole] == ["In force from", "What changed", "English"]
    told = comparison_lines(found)
    assert "Changed: English, page 1" in told


def test_a_page_put_between_leaves_the_others_what_they_were(office: Office) -> None:
    before = a_file(office.folder, "a", LOCK, SIGN)
    after = a_file(office.folder, "b", LOCK, TRY, SIGN.replace("door", "gate"))

    found = compared(office, {"en": before}, {"en": after})

    told = [(one.fate, one.title) for one in found.parts]
    assert told == [
        (Fate.ADDED, "English, page 2"),
        (Fate.CHANGED, "English, page 3 (before: page 2)"),
    ]
    assert found.parts[0].differences[0].after == TRY
    assert "«door»" in found.parts[1].differences[0].before


def test_a_page_that_went_tells_its_words(office: Office) -> None:
    before = a_file(office.folder, "a", LOCK, TRY)
    found = compared(office, {"en": before}, {"en": a_file(office.folder, "b", LOCK)})

    (page,) = found.parts
    assert (page.fate, page.title) == (Fate.REMOVED, "English, page 2")
    assert (page.differences[0].before, page.differences[0].after) == (TRY, "")


def test_pages_that_are_only_pictures_are_named_and_a_file_with_other_drawings_is_told(
    office: Office,
) -> None:
    before = a_file(office.folder, "a", LOCK, "")
    Image.new("RGB", (200, 300), "white").save(office.folder / "b.png")

    found = compared(office, {"en": before}, {"en": office.folder / "b.png"})

    told = {one.name: (one.before, one.after) for one in found.whole}
    assert told["English: pages without words"] == (
        "Only a picture, look at it: page 2",
        "Only a picture, look at it: page 1",
    )
    again = office.document("SOP-200")
    same = [
        revision(office, again, "1", en=a_file(office.folder, "c", LOCK)),
        revision(office, again, "2", en=a_file(office.folder, "d", LOCK)),
    ]
    alike = office.documents.comparing.compare(AUTHOR, same[0], same[1], NoProgress())
    assert alike.parts == ()
    assert alike.whole[-1].after == "No words differ."
    assert "English" in [one.name for one in alike.whole]  # its name and hash


def test_each_language_is_compared_with_itself_and_one_that_came_is_new(office: Office) -> None:
    english, hindi = a_file(office.folder, "a", LOCK), a_file(office.folder, "h", TRY)
    found = compared(office, {"en": english}, {"en": english, "hi": hindi})
    assert [(one.fate, one.title) for one in found.parts] == [(Fate.ADDED, "हिन्दी, page 1")]


def test_only_revisions_of_one_document_are_compared_and_not_by_learners(office: Office) -> None:
    one = revision(office, office.document(), "1", en=a_file(office.folder, "a", LOCK))
    other = revision(office, office.document("SOP-200"), "1", en=a_file(office.folder, "b", LOCK))
    for pair in ((one, other), (one, one)):
        with pytest.raises(TrainingRefused, match="not two revisions of one document"):
            office.documents.comparing.compare(AUTHOR, *pair, NoProgress())
    reader = replace(learner(people_adder(office.site)("E-2")))
    with pytest.raises(NotAllowed):
        office.documents.comparing.compare(reader, one, other, NoProgress())


_PAGES = st.lists(st.sampled_from([LOCK, TRY, SIGN, LOCK[:40], ""]), max_size=6)


@given(before=_PAGES, after=_PAGES)
def test_every_page_is_in_one_pair_and_their_order_stays(
    before: list[str], after: list[str]
) -> None:
    pairs = aligned(before, after)
    left = [one for one, _other in pairs if one is not None]
    right = [other for _one, other in pairs if other is not None]
    assert (left, right) == (list(range(len(before))), list(range(len(after))))
    if before == after:
        assert all(one == other for one, other in pairs)


@given(
    before=st.lists(st.sampled_from("abcd"), max_size=30),
    after=st.lists(st.sampled_from("abcd"), max_size=30),
)
def test_unmarked_words_are_in_both_texts_and_marked_ones_are_what_differs(
    before: list[str], after: list[str]
) -> None:
    left, right = words_apart(" ".join(before), " ".join(after))
    if before == after:
        assert (left, right) == ("", "")
    assert len(left.splitlines()) <= len(before) + len(after)
    plain = [_unmarked(one) for one in (left, right)]
    assert plain[0] == plain[1]
    assert ("«" in left or "«" in right) == (before != after)


def _unmarked(text: str) -> list[str]:
    """Return the words of stretches that are not marked."""
    kept, inside = [], False
    for word in text.replace("…", " ").split():
        inside = inside or word.startswith("«")
        if not inside:
            kept.append(word)
        if word.endswith("»"):
            inside = False
    return kept

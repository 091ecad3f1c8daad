"""Papers of people: what is let in, what stands, who sees them, and that they go with the person."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.journal import Site
from app.core.people import People, PersonChange, PersonId
from app.core.people.papers import MOST_BYTES, NewPaper, PaperKind, PaperRefused
from tests.core.people.conftest import SYSTEM
from tests.support.documents import a_pdf

ONE = replace(SYSTEM, account_id=new_id(), name="Meera Iyer")


def paper(file: Path, kind: PaperKind = PaperKind.CV, title: str = "") -> NewPaper:
    return NewPaper(kind=kind, file=file, title=title, dated_on=date(2026, 5, 4))


def raw_pdf(path: Path, catalog: str = "", page: str = "") -> Path:
    path.write_text(
        f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{catalog}>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]{page}>>endobj\n"
        "trailer<</Root 1 0 R>>\n"
    )
    return path


def test_a_newer_cv_takes_the_place_of_the_one_before_and_degrees_stand_side_by_side(
    people: People, asha: PersonId, tmp_path: Path
) -> None:
    old, new = a_pdf(tmp_path / "old.pdf", 1, "old"), a_pdf(tmp_path / "new.pdf", 2, "new")
    people.papers.put(ONE, asha, paper(old))
    people.papers.put(ONE, asha, paper(old, PaperKind.QUALIFICATION, "B.Pharm."))
    people.papers.put(ONE, asha, paper(old, PaperKind.QUALIFICATION, "M.Pharm."))
    people.papers.put(ONE, asha, paper(new))
    people.papers.put(ONE, asha, paper(new))  # the very same: nothing new
    found = people.papers.of(SYSTEM, asha)
    assert [(one.file_name, one.called, one.stands) for one in found] == [
        ("new.pdf", "Curriculum vitae", True),
        ("old.pdf", "Degree or qualification: B.Pharm.", True),
        ("old.pdf", "Degree or qualification: M.Pharm.", True),
        ("old.pdf", "Curriculum vitae", False),
    ]
    assert people.papers.content(SYSTEM, found[0].id) == new.read_bytes()
    people.papers.take_out(ONE, found[0].id, "Wrong person")
    assert [one.stands for one in people.papers.of(SYSTEM, asha)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("name", "catalog", "page", "told"),
    [
        ("a.pdf", "/OpenAction<</S/Java#53cript/JS(app.alert)>>", "", "scripts"),
        ("b.pdf", "", "/AA<</O<</S/JavaScript/JS(x)>>>>", "scripts"),
        (
            "c.pdf",
            "",
            "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(cmd.exe)>>>>]",
            "scripts",
        ),
        (
            "d.pdf",
            "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)>>]>>>>",
            "",
            "other files",
        ),
        ("e.pdf", "", "/MediaBox[0 0 99999 99999]", "too many pages or dots"),
    ],
)
def test_what_acts_or_is_out_of_measure_is_no_paper(
    people: People, asha: PersonId, tmp_path: Path, name: str, catalog: str, page: str, told: str
) -> None:
    with pytest.raises(PaperRefused, match=told):
        people.papers.put(ONE, asha, paper(raw_pdf(tmp_path / name, catalog, page)))
    assert people.papers.of(SYSTEM, asha) == ()


def test_only_pages_and_pictures_are_papers_whatever_their_name(
    people: People, asha: PersonId, tmp_path: Path
) -> None:
    for name, content, told in (
        ("cv.pdf", b"MZ program", "neither PDF"),
        ("cut.pdf", b"%PDF-1.4 cut", "damaged"),
        ("big.pdf", b"%PDF" + bytes(MOST_BYTES), "larger than"),
        ("cut.jpg", b"\xff\xd8\xff\xe0 cut", "damaged"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(PaperRefused, match=told):
            people.papers.put(ONE, asha, paper(tmp_path / name))
    people.papers.put(ONE, asha, paper(raw_pdf(tmp_path / "link.pdf")))
    Image.new("RGB", (40, 60), "white").save(tmp_path / "degree.png")
    people.papers.put(ONE, asha, paper(tmp_path / "degree.png", PaperKind.QUALIFICATION))
    assert [one.media_type for one in people.papers.of(SYSTEM, asha)] == [
        "application/pdf",
        "image/png",
    ]


def test_papers_are_seen_as_the_record_is_and_sealed_as_photos_are(
    people: People, asha: PersonId, tmp_path: Path, site: Site
) -> None:
    file = a_pdf(tmp_path / "cv.pdf", 1, "CV")
    people.papers.put(ONE, asha, paper(file))
    (own,) = people.papers.of(Actor(account_id=new_id(), person_id=asha, name="Asha"), asha)
    for may in (Capability.VIEW_PEOPLE, Capability.LEARN):
        other = Actor(
            account_id=new_id(),
            person_id=new_id(),
            name="Other",
            grants=frozenset({Grant(capability=may)}),
        )
        with pytest.raises(NotAllowed):
            people.papers.content(other, own.id)
        with pytest.raises(NotAllowed):
            people.papers.put(other, asha, paper(file))
    people.edit(SYSTEM, asha, PersonChange(name="Asha Rao"))
    with site.read() as session:
        bodies = session.scalars(sa.text("SELECT body FROM journal_entry")).all()
    assert not any(file.read_bytes() in body for body in bodies)

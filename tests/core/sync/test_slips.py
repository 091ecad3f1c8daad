"""A courier slip names every file on the stick, its code is read back, and tells what arrived otherwise."""

from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pypdfium2
import pytest

from app.core.base.errors import NotAllowed
from app.core.base.progress import NoProgress
from app.core.base.words import use_language
from app.core.sync import (
    Exported,
    NoSlip,
    NoSuchSentFile,
    SlipCode,
    SlipComparison,
    SlipsRead,
    SlipVerdict,
    read_slips,
    slips_in_file,
    uncompared_in_words,
)
from app.core.sync.exporting import Exporting
from app.core.sync.exports import Wish
from tests.core.sync.test_travelling_files import course, export, film
from tests.support.in_touch import ACTOR, Pc
from tests.ui.reports.opened import auditor


def in_small_volumes(pc: Pc, stick: Path, *others: Pc) -> Exported:
    """Write all courses in volumes of a megabyte."""
    exporting = Exporting(
        pc.opened.site,
        pc.opened.keys,
        pc.opened.folder / "incoming",
        pc.assets,
        most_volume=1 << 20,
    )
    peers = [pc.sync.peer(ACTOR, other.key) for other in others]
    return exporting.write(ACTOR, peers, stick, NoProgress(), Wish(courses=None))


def compared(pc: Pc, code: SlipCode, place: Path) -> SlipComparison:
    """Return what comes of one slip."""
    (slip,) = pc.sync.slips.compare(ACTOR, SlipsRead(codes=(code,)), place).slips
    return slip


def verdict(pc: Pc, code: SlipCode, place: Path) -> SlipVerdict:
    return compared(pc, code, place).verdict


def read_slip(text: str) -> SlipCode:
    (code,) = read_slips([text])
    return code


def slip_in_file(path: Path) -> SlipCode:
    (code,) = slips_in_file(path).codes
    return code


def test_it_names_every_file_on_the_stick(one: Pc, two: Pc, stick: Path, tmp_path: Path) -> None:
    course(one, tmp_path, film_mp4=film(3_000_000))
    exported = in_small_volumes(one, stick, two)

    slip = one.sync.slips.of(ACTOR, exported.bundle_id)

    assert [file.name for file in slip.files] == [
        exported.path.name, *(path.name for path in exported.loaded.volumes)
    ]  # fmt: skip
    assert len(slip.files) >= 4
    assert [file.size for file in slip.files] == [
        (stick / file.name).stat().st_size for file in slip.files
    ]
    assert slip.sender_site == "Plant PUN"
    assert len(slip.sender_words.split()) == 8
    assert (slip.number, slip.entries) == (exported.number, exported.entries)


def test_an_earlier_export_of_the_same_kind_is_not_on_it(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course(one, tmp_path, film_mp4=film())
    first = export(one, stick, two)
    second = export(one, stick, two)

    slips = [one.sync.slips.of(ACTOR, exported.bundle_id) for exported in (first, second)]

    assert [len(slip.files) for slip in slips] == [2, 1]


def test_its_code_is_read_from_the_paper_and_finds_the_stick_right(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course(one, tmp_path, film_mp4=film(3_000_000))
    exported = in_small_volumes(one, stick, two)
    paper = tmp_path / "slip.pdf"
    paper.write_bytes(one.sync.slips.document(ACTOR, exported.bundle_id).content)

    code = slip_in_file(paper)

    assert code == one.sync.slips.of(ACTOR, exported.bundle_id).code
    assert verdict(two, code, stick) is SlipVerdict.SAME
    assert verdict(two, code, exported.path) is SlipVerdict.SAME


def test_a_photograph_of_the_paper_is_read_too(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    exported = export(one, stick, two, courses=())
    document = pypdfium2.PdfDocument(one.sync.slips.document(ACTOR, exported.bundle_id).content)
    photo = tmp_path / "slip.jpg"
    document[0].render(scale=2).to_pil().rotate(4, fillcolor="white").save(photo)
    document.close()

    assert slip_in_file(photo).bundle_id == exported.bundle_id


def test_what_is_missing_damaged_or_another_is_told(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course(one, tmp_path, film_mp4=film(3_000_000))
    exported = in_small_volumes(one, stick, two)
    code = one.sync.slips.of(ACTOR, exported.bundle_id).code
    volume = exported.loaded.volumes[1]
    whole = volume.read_bytes()

    volume.unlink()
    found = compared(two, code, stick)
    assert (found.verdict, found.missing) == (SlipVerdict.LACKING, (2,))

    volume.write_bytes(whole[:-100] + bytes(100))
    found = compared(two, code, stick)
    assert found.verdict is SlipVerdict.DAMAGED
    assert [file.part for file in found.files if file.trouble] == [2]

    volume.write_bytes(whole)
    other = export(one, stick, two, courses=())
    for path in stick.glob("*.dksv"):
        path.unlink()
    exported.path.unlink()
    assert verdict(two, code, stick) is SlipVerdict.NOT_HERE
    assert verdict(two, one.sync.slips.of(ACTOR, other.bundle_id).code, stick) is SlipVerdict.SAME


def test_files_that_are_sound_and_not_the_slips_are_told(one: Pc, two: Pc, stick: Path) -> None:
    exported = export(one, stick, two, courses=())
    code = one.sync.slips.of(ACTOR, exported.bundle_id).code
    text = code.text.replace(code.records.upper(), "0" * 64)

    assert verdict(two, read_slip(text), stick) is SlipVerdict.OTHER


@pytest.mark.parametrize("name", ["A-{}", "z-{}"], ids=["before it", "after it"])
def test_an_altered_copy_beside_the_right_file_is_named(
    one: Pc, two: Pc, stick: Path, name: str
) -> None:
    file = one.send(stick, two)
    code = one.sync.slips.of(ACTOR, one.sync.board(ACTOR).sent[0].id).code
    altered = bytearray(file.read_bytes())
    altered[-300] ^= 1
    copy = file.with_name(name.format(file.name))
    copy.write_bytes(altered)
    file.with_name("same.dksb").write_bytes(file.read_bytes())

    found = one.sync.slips.compare(ACTOR, SlipsRead(codes=(code,)), stick)

    assert found.verdict is SlipVerdict.SAME
    assert not found.is_same
    assert found.altered == (copy.name,)
    assert [told for told in uncompared_in_words(found) if copy.name in told]


def test_a_key_that_the_slip_does_not_name_is_told(one: Pc, two: Pc, stick: Path) -> None:
    exported = export(one, stick, two, courses=())
    code = one.sync.slips.of(ACTOR, exported.bundle_id).code
    text = code.text.replace(code.key.upper(), "0" * 32)

    found = compared(two, read_slip(text), stick)

    assert found.verdict is SlipVerdict.DAMAGED
    assert "another key" in found.files[0].trouble


@pytest.mark.parametrize("text", ["", "DAKSHA:KEY:00", "DAKSHA:SLIP:1:00:00", "x" * 5000])
def test_other_codes_are_refused(text: str) -> None:
    with pytest.raises(NoSlip):
        read_slip(text)


def test_a_code_typed_in_small_letters_with_breaks_is_read(one: Pc, two: Pc, stick: Path) -> None:
    exported = export(one, stick, two, courses=())
    code = one.sync.slips.of(ACTOR, exported.bundle_id).code
    middle = len(code.text) // 2

    typed = f"{code.text[:middle].lower()}\n{code.text[middle:]} "
    assert read_slips(["nothing", typed, code.text]) == (code,)
    with pytest.raises(NoSlip):  # one of two that was not scanned to its end is not left out
        read_slips([code.text + code.text[:-3]])


def test_it_prints_over_several_pages_in_hindi(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course(one, tmp_path, film_mp4=film(24_000_000))
    exported = in_small_volumes(one, stick, two)
    try:
        use_language("hi")
        made = one.sync.slips.document(ACTOR, exported.bundle_id).content
    finally:
        use_language("en")
    document = pypdfium2.PdfDocument(BytesIO(made))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()

    assert len(pages) == 2
    names = [path.name for path in exported.loaded.volumes]
    assert all(sum(name in page for page in pages) == 1 for name in names)


def test_only_who_looks_after_the_site_gets_one(one: Pc, two: Pc, stick: Path) -> None:
    exported = export(one, stick, two, courses=())

    with pytest.raises(NotAllowed):
        one.sync.slips.of(auditor(), exported.bundle_id)
    unknown: UUID = uuid4()
    with pytest.raises(NoSuchSentFile):
        one.sync.slips.of(ACTOR, unknown)

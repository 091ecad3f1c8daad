"""Records and receipts travel on paper: any order, any repetition, over several sittings; nothing is half applied."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.core.base.errors import NotAllowed
from app.core.base.reasons import ReasonMissing
from app.core.courses import NewCourse
from app.core.documents import Pages, Paper, located_codes
from app.core.egress import FileKind
from app.core.people.models import OrgUnitRow
from app.core.sync import (
    NoSuchFileThatCame,
    PaperExport,
    Peer,
    PeerState,
    SheetKind,
    TooManySheets,
    missing_in_words,
    waiting_in_words,
)
from app.core.sync.models import SentFileRow
from app.core.sync.papers import sorted_papers
from app.core.sync.sheets.codes import (
    PIECE_BYTES,
    cut_into_codes,
    joined,
    read_codes_of_sheets,
)
from app.core.sync.sheets.refusals import (
    CodeNotWhole,
    NoSheets,
    SheetsDiffer,
    SheetsTooNew,
    TooManyOnPaper,
)
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc
from tests.support.pdfs import text_of
from tests.support.scanned import as_jpeg, as_pdf, pages_of, scanned
from tests.ui.reports.opened import auditor


def name_units(pc: Pc, *codes: str) -> None:
    for code in codes:
        with pc.opened.site.transaction(ACTOR, "unit.add") as unit:
            unit.add(OrgUnitRow(code=code, name=f"Department {code}"))


def units(pc: Pc) -> set[str]:
    with pc.opened.site.read() as session:
        return set(session.scalars(sa.select(OrgUnitRow.code)))


def peer(pc: Pc, other: Pc) -> Peer:
    (found,) = [
        one for one in pc.sync.peers(ACTOR) if other.opened.station.fingerprint in one.stations
    ]
    return found


def state(pc: Pc, other: Pc) -> PeerState:
    key = peer(pc, other).key
    return next(one for one in pc.sync.board(ACTOR).peers if one.peer.key == key)


def printed(pc: Pc, other: Pc) -> PaperExport:
    return pc.sync.sheets.export(ACTOR, [peer(pc, other)])


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def as_png(page: Image.Image) -> bytes:
    content = BytesIO()
    page.save(content, "PNG")
    return content.getvalue()


def slip_of(pc: Pc, tmp: Path) -> str:
    """Return what the slip of the newest file that left says."""
    (sent,) = pc.sync.board(ACTOR).sent
    return text_of(written(tmp, "slip.pdf", pc.sync.slips.document(ACTOR, sent.id).content))


def codes_of(exported: PaperExport) -> list[str]:
    """Return what the codes on sheets say."""
    pages = pages_of(exported.document.content, 150)
    assert len(pages) == exported.sheets
    return [code.text for page in pages for code in located_codes(page)]


@settings(max_examples=60, deadline=None)
@given(
    content=st.binary(min_size=1, max_size=4_000),
    chance=st.randoms(use_true_random=False),
    repeated=st.integers(0, 20),
)
def test_any_order_and_any_repetition_make_the_same_file(
    content: bytes, chance: random.Random, repeated: int
) -> None:
    codes = cut_into_codes(SheetKind.RECEIPT, uuid4(), content)
    texts = [code.text for code in codes]
    texts += chance.choices(texts, k=repeated)
    chance.shuffle(texts)

    read = read_codes_of_sheets(["".join(texts[::2]), "\r\n".join(texts[1::2]).lower()])

    assert set(read.codes) == set(codes)
    assert (read.damaged, read.newer) == (0, 0)
    assert joined(codes[0].of, {code.number: code.piece for code in read.codes}) == content


def test_a_days_records_go_on_paper_and_the_receipt_comes_back_on_paper(
    one: Pc, two: Pc, tmp_path: Path
) -> None:
    name_units(one, *(f"D{number}" for number in range(24)))
    exported = printed(one, two)
    first, second = pages_of(exported.document.content, 200)
    chance = random.Random(4)
    later = written(tmp_path, "later.png", as_png(scanned(second, chance, turned=180)))
    earlier = written(tmp_path, "earlier.pdf", as_pdf([scanned(first, chance)]))

    begun = two.sync.sheets.take_files(ACTOR, [later])
    assert begun.whole == 0
    (waits,) = begun.waiting
    assert waiting_in_words(waits) == "A sync file: 4 of 10 codes read."
    assert missing_in_words(waits) == "Missing sheets: 1"
    assert not units(two)
    two.reopen()
    done = two.sync.sheets.take_files(ACTOR, [earlier])

    assert (done.whole, done.imported.files, done.imported.troubles) == (1, 1, [])
    assert done.waiting == ()
    assert units(two) == units(one)
    receipt = two.sync.sheets.receipt(ACTOR, exported.exported.bundle_id)
    (page,) = pages_of(receipt.document.content, 300)
    photo = written(tmp_path, "receipt.jpg", as_jpeg(scanned(page, chance, turned=90)))
    assert state(one, two).on_the_way == 1
    taken = one.sync.sheets.take_files(ACTOR, [photo])
    assert taken.imported.receipts == 1
    assert state(one, two).on_the_way == 0
    (sent,) = one.sync.board(ACTOR).sent
    assert (sent.is_acknowledged, sent.sheets) == (True, 2)


def test_what_is_read_twice_or_after_it_was_taken_in_does_no_harm(one: Pc, two: Pc) -> None:
    name_units(one, "A")
    texts = codes_of(printed(one, two))

    first = two.sync.sheets.take_typed(ACTOR, "\n".join(texts * 2))
    again = two.sync.sheets.take_typed(ACTOR, "\n".join(texts))

    assert (first.whole, again.whole) == (1, 1)
    assert (again.imported.applied, again.imported.repeated) == (0, first.imported.applied)
    assert units(two) == {"A"}


def test_paper_brings_only_the_keys_that_are_needed_to_believe_it(
    one: Pc, two: Pc, stick: Path
) -> None:
    on_paper = printed(one, two).exported.manifest
    on_a_stick = one.sync.export(ACTOR, [peer(one, two)], stick).manifest

    certificates = [sorted_papers(each.papers).certificates for each in (on_paper, on_a_stick)]
    assert set(certificates[0]) < set(certificates[1])
    assert (
        len(certificates[1]) - len(certificates[0]) == 3
    )  # the reader's own, and what two keys say of themselves


def test_more_than_anybody_prints_is_refused_and_not_noted(one: Pc, two: Pc) -> None:
    with one.opened.site.transaction(ACTOR, "unit.add") as unit:
        noise = random.Random(3).randbytes(180_000).hex()
        unit.add(OrgUnitRow(code="LONG", name=noise))

    with pytest.raises(TooManySheets, match=r"would take \d+ sheets; at most 40"):
        printed(one, two)

    with one.opened.site.read() as session:
        assert session.scalars(sa.select(SentFileRow)).all() == []
    assert not list((one.opened.folder / "incoming" / "sheets").iterdir())


def test_it_leaves_by_the_register_with_a_slip_for_paper(one: Pc, two: Pc, tmp_path: Path) -> None:
    name_units(one, "A")
    exported = printed(one, two)

    assert exported.document.leaving.kind is FileKind.SYNC_SHEETS
    (sent,) = one.sync.board(ACTOR).sent
    assert (sent.id, sent.sheets) == (exported.exported.bundle_id, exported.sheets)
    slip = slip_of(one, tmp_path)
    assert "Take the sheets and this slip" in slip
    assert "Received" in slip
    assert "stick" not in slip


def test_a_peer_from_which_nothing_comes_back_waits_for_its_paper(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    to = peer(headquarters, plant)
    with pytest.raises(ReasonMissing):
        headquarters.sync.one_way.say(ACTOR, to, "  ", is_one_way=True)
    headquarters.sync.one_way.say(ACTOR, to, "Data diode in Nashik", is_one_way=True)
    headquarters.courses.create(ACTOR, NewCourse(title="Safety", code="SAFETY"))
    exported = headquarters.sync.export(ACTOR, [to], stick)
    clock.turn(timedelta(days=40))

    standing = state(headquarters, plant)
    assert standing.one_way is not None
    assert standing.one_way.reason == "Data diode in Nashik"
    assert standing.on_the_way == 1
    (sent,) = headquarters.sync.board(ACTOR).sent
    assert sent.waits_for_paper
    assert "a receipt is printed there" in slip_of(headquarters, tmp_path)
    plant.take(exported.path)
    receipt = plant.sync.sheets.receipt(ACTOR, exported.bundle_id)
    assert receipt.to.startswith("Plant HQ")
    assert headquarters.sync.sheets.take_typed(ACTOR, "".join(receipt.codes)).imported.receipts
    assert state(headquarters, plant).on_the_way == 0

    headquarters.sync.one_way.say(ACTOR, to, "The diode is gone", is_one_way=False)
    assert state(headquarters, plant).one_way is None


def test_a_receipt_on_paper_is_checked_as_one_on_a_stick(
    headquarters: Pc, plant: Pc, one: Pc, stick: Path
) -> None:
    to = peer(headquarters, plant)
    early = headquarters.sync.export(ACTOR, [to], stick)
    plant.take(early.path)
    old = plant.sync.sheets.receipt(ACTOR, early.bundle_id)
    headquarters.courses.create(ACTOR, NewCourse(title="Safety", code="SAFETY"))
    late = headquarters.sync.export(ACTOR, [to], stick)
    plant.take(late.path)
    new = plant.sync.sheets.receipt(ACTOR, late.bundle_id)

    headquarters.sync.sheets.take_typed(ACTOR, "".join(new.codes))
    headquarters.sync.sheets.take_typed(ACTOR, "".join(old.codes))
    assert state(headquarters, plant).on_the_way == 0  # an older word replaces none
    stranger = one.sync.sheets.take_typed(ACTOR, "".join(new.codes))
    assert stranger.imported.receipts == 0
    assert "another organisation" in stranger.imported.troubles[0]
    key = headquarters.opened.keys.care
    line = key.named(ACTOR, plant.opened.station.fingerprint.hex())
    key.revoke(ACTOR, line.key, "stolen")
    refused = headquarters.sync.sheets.take_typed(ACTOR, "".join(new.codes))
    assert refused.imported.receipts == 0
    assert len(refused.imported.troubles) == 1
    with pytest.raises(NoSuchFileThatCame):
        plant.sync.sheets.receipt(ACTOR, uuid4())


def test_false_codes_are_told_in_a_sentence_and_nothing_is_half_applied(
    one: Pc, two: Pc, tmp_path: Path
) -> None:
    name_units(one, "A")
    first = codes_of(printed(one, two))
    second = codes_of(printed(one, two))
    sheets = two.sync.sheets

    mixed = sheets.take_typed(ACTOR, "".join([*first[:-1], second[-1]]))
    assert (mixed.whole, len(mixed.waiting)) == (0, 2)
    code = read_codes_of_sheets([first[-1]]).codes[0]
    forged = replace(code, piece=bytes(len(code.piece)))
    done = sheets.take_typed(ACTOR, forged.text)  # makes it whole, and is not of it
    assert done.imported.files == 0
    assert "do not fit together" in done.imported.troubles[0]
    sheets.take_typed(ACTOR, "".join(first[:-1]) + forged.text[:-20])
    sheets.take_typed(ACTOR, first[0])
    with pytest.raises(SheetsDiffer):
        sheets.take_typed(
            ACTOR, replace(read_codes_of_sheets(first).codes[0], piece=bytes(PIECE_BYTES)).text
        )
    for waits in sheets.waiting(ACTOR):
        sheets.put_away(ACTOR, waits)
    assert sheets.waiting(ACTOR) == ()
    with pytest.raises(CodeNotWhole):
        sheets.take_typed(ACTOR, first[0][:-3])
    with pytest.raises(SheetsTooNew):
        sheets.take_typed(ACTOR, first[0].replace("SHEET:1:", "SHEET:2:"))
    other = Pages(Paper.A4_PORTRAIT, title="", author="", made_at=one.opened.site.clock.now())
    other.qr(100, 100, 200, "DAKSHA:SLIP:1:00")
    for content in (other.finish(), b"%PDF-1.4 broken", b"", random.Random(5).randbytes(4096)):
        with pytest.raises(NoSheets):
            sheets.take_files(ACTOR, [written(tmp_path, "other.pdf", content)])
    flood = [cut_into_codes(SheetKind.RECORDS, uuid4(), bytes([n % 256])) for n in range(10_000)]
    with pytest.raises(TooManyOnPaper):
        sheets.take_typed(ACTOR, "".join(code.text for (code,) in flood))
    assert sheets.waiting(ACTOR) == ()
    assert not units(two)


def test_records_for_others_are_refused_by_the_ordinary_way(
    one: Pc, two: Pc, headquarters: Pc
) -> None:
    name_units(one, "A")
    texts = codes_of(printed(one, two))

    taken = headquarters.sync.sheets.take_typed(ACTOR, "".join(texts))

    assert (taken.whole, taken.imported.files, taken.waiting) == (1, 0, ())
    assert "made for another site" in taken.imported.troubles[0]


def test_a_bomb_is_not_unpacked(one: Pc) -> None:
    codes = cut_into_codes(SheetKind.RECEIPT, uuid4(), bytes(200 << 20))

    taken = one.sync.sheets.take_typed(ACTOR, "".join(code.text for code in codes))

    assert "more than any" in taken.imported.troubles[0]
    assert taken.waiting == ()


def test_only_who_manages_the_site_makes_or_reads_sheets(one: Pc) -> None:
    sheets = one.sync.sheets
    acts: tuple[Callable[[], object], ...] = (
        lambda: sheets.export(auditor(), []),
        lambda: sheets.receipt(auditor(), uuid4()),
        lambda: sheets.take_typed(auditor(), ""),
        lambda: sheets.take_files(auditor(), []),
        lambda: sheets.waiting(auditor()),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()

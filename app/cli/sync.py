"""`sync`: make this PC known to others, and others here; look after keys; carry records."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli import (
    sync_again,
    sync_aside,
    sync_conflicts,
    sync_courses,
    sync_customs,
    sync_files,
    sync_second,
    sync_sheets,
    sync_slips,
    sync_versions,
)
from app.cli.frame import Frame, frame_of
from app.core.base.errors import UserFacingError
from app.core.base.figures import duration
from app.core.base.words import _, plural
from app.core.egress import key_paper
from app.core.keys import (
    ANSWER,
    ANSWER_ENDING,
    KeyKind,
    KeyLine,
    Paired,
    fingerprint_words,
    label_of,
    read_file,
    short_words,
    write_whole,
)

commands = typer.Typer(name="sync", help=_("Other PCs and sites: their keys, and files for them."))
commands.add_typer(sync_files.commands)
commands.add_typer(sync_courses.commands)
commands.add_typer(sync_customs.commands)
commands.add_typer(sync_second.commands)
commands.add_typer(sync_slips.commands)
commands.add_typer(sync_versions.commands)
commands.add_typer(sync_sheets.commands)
commands.add_typer(sync_again.commands)
commands.add_typer(sync_aside.commands)
commands.add_typer(sync_conflicts.commands)

_DAY_SECONDS = 86400


class WordsNeeded(UserFacingError):
    """Nobody said which words the other screen shows."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody has compared the eight words."),
            safe=_("Nothing was changed."),
            remedy=_('Read them from the other screen, and give them: --confirm "EIGHT WORDS".'),
        )


@commands.command()
def identity(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("Where to write the file to carry."))],
    pc_name: Annotated[
        str, typer.Option(help=_("What a PC without a site will be called; else as the computer."))
    ] = "",
) -> None:
    """Write what makes this site, or a PC without one, known elsewhere; print its eight words.

    Where there is a site somebody signs in: who wrote it stands in the register of files that left.
    """
    frame = frame_of(context)
    folder = frame.ways.site_folder(frame.folder)
    if folder.has_site:
        frame.carrier()
        made = frame.services.open_site.keys.pairing.introduce()
        frame.save(out, key_paper(made.document, made.label))
    else:
        made = folder.request(pc_name)
        write_whole(out, made.document)  # there are no records yet, and no register
    frame.tell(
        _("{file} is written. Carry it to the other PC, and read these words out there:").format(
            file=out
        )
        + f"\n{made.words}",
        {
            "site": str(made.site_id) if made.site_id else None,
            "words": made.words,
            "kind": made.kind.value,
            "label": made.label,
            "file": str(out),
        },
    )


@commands.command()
def pair(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=_("What the other PC wrote, or its answer."))],
    confirm: Annotated[str, typer.Option(help=_("The words that the other screen shows."))] = "",
    out: Annotated[
        Path | None, typer.Option(help=_("Where to write the answer; else beside the file."))
    ] = None,
    reason: Annotated[
        str, typer.Option(help=_("Why a site whose key is lost gets a new one."))
    ] = "",
) -> None:
    """Make another PC or site known here, and write the answer; or take an answer."""
    frame = frame_of(context)
    pairing = frame.services.open_site.keys.pairing
    actor = frame.actor()
    paper = read_file(file)
    is_answer = label_of(paper) == ANSWER
    words = confirm or _asked_words()
    if is_answer:
        paired = pairing.take(actor, paper, words)
    else:
        paired = pairing.pair(actor, paper, words, reason)
    answer = None if paired.answer is None else out or file.with_suffix(ANSWER_ENDING)
    if answer is not None and paired.answer is not None:
        frame.save(answer, key_paper(paired.answer, paired.label))
    _tell_paired(frame, paired, answer)


@commands.command("lost-site-key")
def lost_site_key(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Option(help=_("Where to write the request for headquarters."))
    ] = None,
    reason: Annotated[
        str, typer.Option(help=_("Where there are none: why the site begins a new key alone."))
    ] = "",
) -> None:
    """Get a new key for this site, whose own was lost with its PC.

    Headquarters name it: carry the request there. A site without any begins it alone, for a reason.
    """
    frame = frame_of(context)
    site_keys, actor = frame.services.open_site.keys, frame.actor()
    if out is None:
        site_keys.succession.begin_alone(actor, reason)
        told = _("The site has a new key. Pair its other PCs again: they take it by these words:")
        words = fingerprint_words(site_keys.authority.public_key)
        frame.tell(f"{told}\n{words}", {"words": words, "asked": False})
        return
    made = site_keys.pairing.introduce_successor(actor)
    frame.save(out, key_paper(made.document, made.label))
    told = _("{file} is written. Carry it to headquarters, and read these words out there:")
    frame.tell(
        told.format(file=out) + f"\n{made.words}",
        {"file": str(out), "words": made.words, "asked": True},
    )


@commands.command()
def keys(context: typer.Context) -> None:
    """List the keys that are known here: whose, how old, and how they stand."""
    frame = frame_of(context)
    lines = frame.services.open_site.keys.care.inventory(frame.actor())
    now = frame.services.open_site.site.clock.now()
    text = "\n".join(
        f"{one.key.hex()[:16]}  {one.kind.value:<12}  {one.state.value:<8}  "
        f"{_age(int(one.age(now).total_seconds())):>8}  {one.label}  [{short_words(one.words)}]"
        for one in lines
    )
    signing = frame.services.signatures.keys_in_use(frame.actor())
    count = plural("{count} signing key in use", "{count} signing keys in use", signing.count)
    frame.tell(
        f"{text}\n{count}",
        {
            "keys": [_data(one) for one in lines],
            "signing_keys": {
                "count": signing.count,
                "oldest": signing.oldest,
                "unchecked": signing.unchecked,
                "ended": signing.ended,
            },
        },
    )


@commands.command()
def revoke(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help=_("How the key begins, as `sync keys` shows it."))],
    reason: Annotated[str, typer.Option(help=_("Why: lost, stolen, taken out of use."))],
) -> None:
    """Believe a key no longer, for good; what its PC wrote so far, as known here, stays."""
    frame = frame_of(context)
    care, actor = frame.services.open_site.keys.care, frame.actor()
    line = care.named(actor, key)
    care.revoke(actor, line.key, reason)
    frame.tell(
        _("{name} is revoked: nothing that it writes from now on is taken.").format(
            name=line.label
        ),
        {"key": line.key.hex(), "label": line.label, "revoked": True},
    )


@commands.command()
def rotate(
    context: typer.Context,
    site: Annotated[
        bool, typer.Option("--site", help=_("The site's key instead of this PC's."))
    ] = False,
) -> None:
    """Make new keys that take the place of this PC's; the old key signs for them."""
    frame = frame_of(context)
    kind = KeyKind.SITE if site else KeyKind.STATION
    frame.services.open_site.keys.care.rotate(frame.actor(), kind)
    frame.tell(_("New keys are made, and used from now on."), {"rotated": kind.value})


@commands.command()
def name(
    context: typer.Context,
    pc: Annotated[
        str, typer.Argument(help=_("A PC of this site: its name, or the first words of its key."))
    ],
    new: Annotated[str, typer.Argument(help=_("What it is to be called."))],
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))] = "",
) -> None:
    """Give a PC of this site another name, on the PC that holds the site's key."""
    frame = frame_of(context)
    care, actor = frame.services.open_site.keys.care, frame.actor()
    line = care.pc_called(actor, pc)
    called = care.rename_pc(actor, line.key, new, reason)
    frame.tell(
        _("{name} is called {new} now, and on other PCs once they hear of it.").format(
            name=line.label, new=called
        ),
        {"key": line.key.hex(), "before": line.name, "name": called},
    )


def _asked_words() -> str:
    if not sys.stdin.isatty():
        raise WordsNeeded
    return str(typer.prompt(_("The eight words that the other screen shows"), err=True))


def _tell_paired(frame: Frame, paired: Paired, answer: Path | None) -> None:
    if answer is None:
        text = _("{site} is known here, and this site belongs to its organisation now.").format(
            site=paired.label
        )
    else:
        text = _("{name} is known here. Carry {file} back to it; it will show these words:").format(
            name=paired.label, file=answer
        )
    frame.tell(
        f"{text}\n{paired.words}",
        {
            "site": str(paired.site_id),
            "kind": paired.kind.value,
            "label": paired.label,
            "key": paired.key.hex(),
            "answer": str(answer) if answer else None,
            "words": paired.words,
        },
    )


def _data(line: KeyLine) -> dict[str, object]:
    return {
        "key": line.key.hex(),
        "kind": line.kind.value,
        "label": line.label,
        "name": line.name,
        "site": str(line.site_id),
        "words": line.words,
        "state": line.state.value,
        "reason": line.reason,
        "issued": line.issued_at.isoformat(),
        "valid_until": line.valid_until.isoformat(),
        "this_pc": line.is_this_pc,
        "own_site": line.is_own_site,
    }


def _age(seconds: int) -> str:
    days = seconds // _DAY_SECONDS
    return _("{count} d").format(count=days) if days else duration(seconds)

"""`site key hq`, `site key-request`, `site key-answer`: headquarters as a last way to a plant's records."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.words import _
from app.core.egress import key_paper
from app.core.keys import read_file, write_whole
from app.core.operations import Escrow


def add_to(commands: typer.Typer, keys: typer.Typer) -> None:
    """Put the commands into the groups of the site's and of the ways'."""
    keys.command(name="hq")(give_to_headquarters)
    commands.command(name="key-request")(request_key)
    commands.command(name="key-answer")(answer_key)


def give_to_headquarters(context: typer.Context) -> None:
    """Seal the key of the records to headquarters, who open them after a request."""
    frame = frame_of(context)
    escrow, actor = Escrow(frame.services.open_site), frame.actor()
    escrow.give(actor)
    name = escrow.standing(actor).name
    frame.tell(
        _("{name} can help should every password be lost.").format(name=name),
        {"headquarters": name},
    )


def request_key(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("Where to write the file to carry."))],
    person: Annotated[list[str], typer.Option(help=_("Who is here; give it twice."))],
    reason: Annotated[str, typer.Option(help=_("Why the key is needed."))],
) -> None:
    """Ask headquarters for the key of records that nobody here can open; print eight words."""
    frame = frame_of(context)
    asked = frame.ways.locked_records(frame.folder).ask(person, reason)
    write_whole(out, asked.document)  # the records are locked, and the register with them
    frame.tell(
        _("{file} is written. Carry it to headquarters, and read these words out there:").format(
            file=out
        )
        + f"\n{asked.words}",
        {"file": str(out), "words": asked.words},
    )


def answer_key(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=_("What the plant wrote."))],
    out: Annotated[Path, typer.Option(help=_("Where to write the answer."))],
    confirm: Annotated[str, typer.Option(help=_("The words that the plant's screen shows."))],
) -> None:
    """Send a plant the key of its records, readable on the PC that asked alone."""
    frame = frame_of(context)
    escrow, actor = Escrow(frame.services.open_site), frame.actor()
    paper = read_file(file)
    seen = escrow.look_at(actor, paper)
    answer = escrow.answer(actor, paper, confirm)
    site = seen.site or str(seen.asked.site_id)
    frame.save(out, key_paper(answer, _("Key of the records of {site}").format(site=site)))
    frame.tell(
        _("{file} opens the records of {site} on {pc}, where {people} asked: {reason}").format(
            file=out,
            site=site,
            pc=seen.asked.pc,
            people=seen.asked.people,
            reason=seen.asked.reason,
        ),
        {
            "file": str(out),
            "site": str(seen.asked.site_id),
            "name": seen.site,
            "pc": seen.asked.pc,
            "known_pc": seen.is_known_pc,
            "people": seen.asked.people,
            "reason": seen.asked.reason,
        },
    )

"""The program's log: what is kept, what is left out, and that it never stands in the way."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.base.program_log import ProgramLog, noted, told
from tests.support.logs import LoggedTrouble


@pytest.fixture
def logger(tmp_path: Path, logged_trouble: LoggedTrouble) -> Iterator[logging.Logger]:
    """A logger of the product whose lines go into the log of `tmp_path`."""
    logged_trouble.expect("")
    logger = logging.getLogger("app.tried")
    handler = ProgramLog(tmp_path)
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


def break_over(name: str) -> None:
    raise LookupError(name)


def test_a_mistake_is_noted_with_its_places_and_without_its_words(
    tmp_path: Path, logger: logging.Logger
) -> None:
    try:
        break_over("Kavitha Raman")
    except LookupError:
        logger.exception("a round broke")
    (one,) = noted(tmp_path)
    assert one.is_mistake
    assert one.message == "a round broke LookupError"
    assert one.places[-1].endswith("break_over")
    assert "test_program_log.py" in told(one)
    assert "Kavitha" not in (tmp_path / "logs/program.jsonl").read_text()


def test_what_is_odd_is_noted_and_is_no_mistake(tmp_path: Path, logger: logging.Logger) -> None:
    logger.info("all is well")
    logger.warning("the font %s cannot be read", "x.ttf")
    logging.getLogger("qt").addHandler(logger.handlers[0])
    logging.getLogger("qt").error("a plugin failed")
    logging.getLogger("qt").removeHandler(logger.handlers[0])
    lines = noted(tmp_path)
    assert [one.message for one in lines] == ["the font x.ttf cannot be read", "a plugin failed"]
    assert not any(one.is_mistake for one in lines)


def test_nothing_is_made_where_there_is_nothing_to_say_or_no_folder(tmp_path: Path) -> None:
    handler = ProgramLog(tmp_path / "gone")
    handler.emit(logging.makeLogRecord({"msg": "x", "levelno": logging.ERROR}))
    assert not (tmp_path / "gone").exists()
    ProgramLog(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert noted(tmp_path) == ()


def test_a_place_that_cannot_be_written_stops_nobody(
    tmp_path: Path, logger: logging.Logger
) -> None:
    (tmp_path / "logs").write_text("a file of that name")
    logger.error("a round broke")
    assert noted(tmp_path) == ()


def test_a_full_file_is_put_aside_and_damaged_lines_are_passed_over(
    tmp_path: Path, logger: logging.Logger
) -> None:
    logger.error("the first")
    path = tmp_path / "logs/program.jsonl"
    with path.open("a") as file:
        file.write('{"at": 5}\nnot a line\n' + " " * 1_000_001)
    logger.addHandler(again := ProgramLog(tmp_path))
    logger.error("the second")
    logger.removeHandler(again)
    assert (tmp_path / "logs/program.1.jsonl").exists()
    assert {one.message for one in noted(tmp_path)} == {"the first", "the second"}
    assert all(json.loads(line)["level"] == "ERROR" for line in path.read_text().splitlines())


def test_what_breaks_without_end_does_not_fill_the_disk(
    tmp_path: Path, logger: logging.Logger
) -> None:
    for _turn in range(2_100):
        logger.error("again")
    assert len((tmp_path / "logs/program.jsonl").read_text().splitlines()) == 2_000

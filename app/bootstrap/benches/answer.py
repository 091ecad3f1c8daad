"""One submitted answer: durable, journalled, folded into the attempt; beside a bare SQLCipher commit."""

import os
import tempfile
from pathlib import Path
from typing import ClassVar

from sqlcipher3 import dbapi2

from app.bootstrap.benches.rounds import alternately, compared
from app.bootstrap.benches.small_site import answer_in_turn, open_small_site
from app.core.base.measuring import Measured
from app.core.base.progress import Progress
from app.core.storage.database import Location, SqliteFile

_ROUNDS = 7
_ROW = (
    os.urandom(16),
    os.urandom(16),
    os.urandom(16),
    '{"form":"chosen","keys":["true"]}',
    "1/1",
    1,
)


class AnswerBench:
    """`Quizzes.answer` against one INSERT in a transaction of its own, both with FULL."""

    name: ClassVar[str] = "answer"
    about: ClassVar[str] = "a submitted answer, on disk and in the journal"
    default_n: ClassVar[int] = 100

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure `n` answers a round; the figure is one answer."""
        with tempfile.TemporaryDirectory() as folder:
            school = open_small_site(Path(folder))
            attempt = school.services.quizzes.start(school.learner, school.quiz_lesson)
            raw_file = SqliteFile(path=Path(folder) / "raw.db", key=os.urandom(32))
            raw = _raw_database(raw_file)
            ours_file = school.services.open_site.site.database.location

            def answer() -> None:
                answer_in_turn(school, attempt, n)

            def commit() -> None:
                for _turn in range(n):
                    raw.execute("INSERT INTO response VALUES (?, ?, ?, ?, ?, ?)", _ROW)

            def start_logs_over() -> None:
                for file in (ours_file, raw_file):
                    _start_log_over(file)

            ours, theirs = alternately(_ROUNDS, answer, commit, progress, before=start_logs_over)
            raw.close()
            school.services.close()
        return compared(self, n, ours, theirs, each=n, goal="at most 2.0 x raw")


def _connect(file: Location) -> dbapi2.Connection:
    if not isinstance(file, SqliteFile) or file.key is None:
        raise TypeError("the bench compares encrypted files")
    connection = dbapi2.connect(str(file.path), isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{file.key.hex()}'\"")
    return connection


def _start_log_over(file: Location) -> None:
    """Fold a file's log back, so that it is written over from its beginning, as it is all day.

    A log that still grows costs the disk twice as much; left alone, the two would have done growing
    at different rounds, and their ratio would tell of that.
    """
    connection = _connect(file)
    connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
    connection.close()


def _raw_database(file: Location) -> dbapi2.Connection:
    connection = _connect(file)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE response (id BLOB, attempt BLOB, question BLOB, response TEXT, share TEXT, at INT)"
    )
    return connection

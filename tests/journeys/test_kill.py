"""kill -9 at any time: what was confirmed is there, and the journal holds."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.assessments.models import ResponseRow
from app.core.base.actor import system_actor
from app.core.base.clock import SystemClock
from app.core.journal import Journal
from app.core.operations import SiteFolder
from app.core.schema.upgrade import bring_up_to_date

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 12
WORKER = """
import sys
from pathlib import Path
from app.bootstrap.benches.small_site import open_small_site
from app.core.assessments import best_response
site = open_small_site(Path(sys.argv[1]))
quizzes = site.services.quizzes
attempt = quizzes.start(site.learner, site.quiz_lesson)
print("ready", flush=True)
for turn in range(100_000):
    asked = attempt.questions[turn % len(attempt.questions)]
    quizzes.answer(site.learner, attempt.attempt_id, asked.question_id, best_response(asked.question))
    print(turn + 1, flush=True)
"""


@pytest.mark.journey
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a Unix word; Windows has no such signal")
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_confirmed_answer_is_lost(tmp_path: Path, seed: int) -> None:
    confirmed = kill_after(tmp_path, random.Random(seed).randrange(1, 120))

    opened = SiteFolder(tmp_path / "site", tmp_path / "keys", SystemClock()).open(bring_up_to_date)
    with opened.site.read() as session:
        kept = session.scalar(sa.select(sa.func.count()).select_from(ResponseRow)) or 0
    verdict = Journal(opened.site, opened.station).verify(system_actor())
    opened.site.close()
    # One more may be on disk than was said: the program died between the commit and the word.
    assert confirmed <= kept <= confirmed + 1
    assert verdict.ok


def kill_after(folder: Path, answers: int) -> int:
    """Run the worker, kill it once it has confirmed so many answers; return how many it had."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder)],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as worker:
        assert worker.stdout is not None
        confirmed = 0
        for line in worker.stdout:
            if line.strip().isdigit():
                confirmed = int(line)
            if confirmed >= answers:
                os.kill(worker.pid, signal.SIGKILL)
                break
        return max([confirmed, *(int(line) for line in worker.stdout if line.strip().isdigit())])

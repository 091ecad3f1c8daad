"""Entries as stations write them: answers of learners, some seconds apart, in the journal's own bytes."""

import random
from uuid import UUID

from app.core.journal.changes import Inserted, encode_changes
from app.core.storage.columns import Wire
from app.core.sync.bundle.segments import Row

_BEGAN = 1_795_900_468_000_000
_QUESTIONS, _ASKED, _ACCOUNTS = 60, 20, 40
_ANSWERS = (
    ('{"form":"chosen","keys":["true"]}', "1/1"),
    ('{"form":"chosen","keys":["false"]}', "0/1"),
    ('{"form":"chosen","keys":["b","c"]}', "1/2"),
    ('{"form":"typed","text":"twelve"}', "1/1"),
)


def answers(count: int, seed: int = 1) -> list[Row]:
    """Return `count` entries of one log: learners take turns at quizzes of twenty questions."""
    chance = random.Random(seed)
    questions = [_id_at(_BEGAN, chance) for _ in range(_QUESTIONS)]
    accounts = [_id_at(_BEGAN, chance).bytes for _ in range(_ACCOUNTS)]
    rows: list[Row] = []
    now = _BEGAN
    while len(rows) < count:
        attempt, account = _id_at(now, chance), chance.choice(accounts)
        for question in chance.sample(questions, _ASKED):
            now += chance.randrange(5_000_000, 40_000_000)
            rows.append(_answer(now, account, (attempt, question), chance))
    return rows[:count]


def _answer(now: int, account: bytes, about: tuple[UUID, UUID], chance: random.Random) -> Row:
    response, share = chance.choice(_ANSWERS)
    values: dict[str, Wire] = {
        "attempt_id": about[0].bytes,
        "question_version_id": about[1].bytes,
        "response": response,
        "share": share,
        "at": now + chance.randrange(60, 1200),
    }
    body = encode_changes([Inserted("response", _id_at(now, chance), values)])
    return (now // 1000 << 16, now, 330, account, "attempt.answer", "", body)


def _id_at(microseconds: int, chance: random.Random) -> UUID:
    """Return a UUIDv7 as `new_id` makes it, of another time and of known chance."""
    high, low = chance.getrandbits(12), chance.getrandbits(62)
    return UUID(int=microseconds // 1000 << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)

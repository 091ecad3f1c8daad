"""Of due dates that moved it is kept what they were, of links when they did not stand, and shifts have hours by day."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0085"
down_revision = "0084"

_HOURS = "shift_hours"
_OF_LINKS = {"from_on": columns.Day(), "gaps": columns.Json()}


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    for name in ("due_before", "due_plain"):
        op.add_column("assignment_event", sa.Column(name, columns.Day(), nullable=True))
    untold = sa.text("event = 'due_moved' AND due_before IS NULL")
    op.create_index(
        "ix_assignment_event_untold",
        "assignment_event",
        ["at"],
        sqlite_where=untold,
        postgresql_where=untold,
    )
    for name, kind in _OF_LINKS.items():
        op.add_column("requirement_link", sa.Column(name, kind, nullable=True))
    _say_aside()
    op.create_table(
        _HOURS,
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("anchor_on", columns.Day(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("works_on_holidays", sa.Boolean(), nullable=False),
        sa.Column("ended_at", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_HOURS}")),
        sa.UniqueConstraint(
            "site_id", "word", "from_on", name=op.f(f"uq_{_HOURS}_site_id_word_from_on")
        ),
    )
    guard(op.get_bind(), _HOURS, update=False)


def _say_aside() -> None:
    """Let links that stand aside have the new column, too."""
    aside = sa.table(
        "row_aside",
        sa.column("table_name", sa.String()),
        sa.column("row_id", columns.Id()),
        sa.column("state", sa.LargeBinary()),
    )
    of_links = aside.c.table_name == "requirement_link"
    found = op.get_bind().execute(sa.select(aside.c.row_id, aside.c.state).where(of_links))
    for key, state in found.all():
        row = {**msgspec.msgpack.decode(state), **dict.fromkeys(_OF_LINKS)}
        changed = sa.update(aside).where(of_links, aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))

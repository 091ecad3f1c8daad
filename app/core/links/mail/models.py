"""Tables of mail: how a site sends, and the messages that wait on the PC that does."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.links.mail.kinds import MailKind, MailState, Security
from app.core.storage.columns import Id, Instant, Word
from app.core.storage.tables import NAMES, Local, Record, Scope


class MailPlanRow(Record):
    """By which relay of the plant's network a site sends, and which one of its PCs does it."""

    __tablename__ = "mail_plan"
    __table_args__ = (sa.UniqueConstraint("site_id"),)
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    station: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    """Fingerprint of the PC that writes and sends messages; None: none does."""
    host: Mapped[str] = mapped_column(default="")
    """Of the relay; "": there is none, and messages leave as files."""
    port: Mapped[int] = mapped_column(default=25)
    security: Mapped[Security] = mapped_column(Word(Security), default=Security.NONE)
    login: Mapped[str] = mapped_column(default="")
    """Its password lies in the key folder of the PC that sends."""
    sender: Mapped[str] = mapped_column(default="")
    """The address that messages come from."""
    reminds: Mapped[bool] = mapped_column(default=False)
    """Whether the ladder's steps become messages."""
    mails_certificates: Mapped[bool] = mapped_column(default=False)
    """Whether a certificate is sent on issue to who has an address."""
    certificates_from: Mapped[datetime | None] = mapped_column(Instant)
    """Those that were issued before are not sent of themselves."""


class OutboxRow(Local):
    """A message of this PC. Who was told of what is on record elsewhere; this is how it travels.

    Two are never one: `key` says what it is for.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (sa.Index("ix_outbox_message_due", "state", "next_at"),)

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[MailKind] = mapped_column(Word(MailKind))
    person_id: Mapped[UUID | None] = mapped_column(Id, index=True)
    """Who gets it."""
    address: Mapped[str]
    name: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    """Emptied once it has left: it may name others."""
    about: Mapped[str] = mapped_column(default="", server_default="")
    """Of a reminder, the steps that it tells of, a line each: asked again when it is sent."""
    attachment: Mapped[str] = mapped_column(default="")
    """SHA-256 of the asset; "" for none."""
    attachment_name: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[MailState] = mapped_column(Word(MailState), default=MailState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(Instant)
    """Not tried before; of one that is being sent: until then it is somebody else's to note."""
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    why: Mapped[str] = mapped_column(default="")
    """What the relay said last."""

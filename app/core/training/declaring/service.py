"""Declaring: somebody reads the wording of a requirement and says that it is so, for themselves alone.

What is declared counts by the terms of the requirement, as everything that people do at this site. The
fact keeps the very words: what is written of the requirement later changes nothing that was declared.
"""

from datetime import date
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import ProvedPresent
from app.core.signatures import Meaning, Undersigned
from app.core.training.controlled import require_witness
from app.core.training.credited import CreditHook, tell_credited
from app.core.training.crediting import Met, give_credit
from app.core.training.declaring import mine
from app.core.training.declaring.errors import DeclaredBySignature, DeclaredOtherwise
from app.core.training.declaring.models import DeclarationRow
from app.core.training.declaring.types import MyDeclaration
from app.core.training.errors import TrainingRefused
from app.core.training.hindrances import require_first
from app.core.training.kinds import Basis
from app.core.training.requirements.checks import clean_code
from app.core.training.requirements.queries import by_code


class Declarations:
    """What is somebody's to declare. Everybody declares for themselves alone."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.on_credited: list[CreditHook] = []

    def mine(self, actor: Actor) -> tuple[MyDeclaration, ...]:
        """Return what the actor has to declare, or has declared: what is asked first, by due date."""
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            return ()
        with self._site.read() as session:
            return mine.declarations_of(session, actor.person_id, actor.language, self._today())

    def coded(self, actor: Actor, code: str) -> MyDeclaration:
        """Return what the actor has to declare, or has declared, by its code. Raises NotFound, NotOne."""
        actor.require_anywhere(Capability.LEARN)
        person_id = actor.require_person()
        with self._site.read() as session:
            requirement = by_code(session, clean_code(code))
            return mine.declaration_of(
                session, person_id, requirement.id, actor.language, self._today()
            )

    def one(self, actor: Actor, requirement_id: UUID) -> MyDeclaration:
        """Return what the actor has to declare, or has declared. Raises NotFound for what is not theirs."""
        actor.require_anywhere(Capability.LEARN)
        person_id = actor.require_person()
        with self._site.read() as session:
            return mine.declaration_of(
                session, person_id, requirement_id, actor.language, self._today()
            )

    def declare(
        self,
        actor: Actor,
        read: MyDeclaration,
        signed: Undersigned | None = None,
        *,
        witness: ProvedPresent | None = None,
    ) -> UUID:
        """Declare what was read, signed over its `text` where the terms ask for that; return the fact's id.

        Raises NotFound for what is not the actor's, TrainingRefused where nothing is asked, ComesFirst,
        DeclaredOtherwise, DeclaredBySignature, and what signing does. `witness` read it to who needs that:
        without, WitnessAsked, and WitnessRefused where they name themselves.
        """
        actor.require_anywhere(Capability.LEARN)
        person_id = actor.require_person()
        with self._site.transaction(actor, "requirement.declare") as unit:
            unit.take_turn("assignments of", read.requirement_id)
            asked = mine.declaration_of(
                unit, person_id, read.requirement_id, actor.language, self._today()
            )
            self._require_open(unit, person_id, asked, read)
            if asked.needs_signature and signed is None:
                raise DeclaredBySignature
            heard = require_witness(actor, witness, is_needed=asked.needs_witness)
            fact = DeclarationRow(
                person_id=person_id,
                requirement_id=asked.requirement_id,
                called=asked.title,
                statement=asked.statement,
                language=asked.language,
                at=self._site.clock.now(),
                is_signed=signed is not None,
                witness_id=None if heard is None else heard.person_id,
            )
            unit.add(fact)
            unit.flush()
            if signed is not None:
                signed.sign(unit, fact, Meaning.ACKNOWLEDGED, asked.text)
            self._meet(unit, actor, fact)
            return fact.id

    def _require_open(
        self, unit: Unit, person_id: UUID, asked: MyDeclaration, read: MyDeclaration
    ) -> None:
        if asked.is_done:
            raise TrainingRefused(
                _("This is on record already: there is nothing to declare."),
                _("Come back when it is asked for again."),
            )
        if asked.text != read.text:
            raise DeclaredOtherwise(asked.title)
        require_first(unit, person_id, asked.requirement_id, self._today())

    def _meet(self, unit: Unit, actor: Actor, fact: DeclarationRow) -> None:
        """Let a declaration count for its requirement."""
        met = Met(
            person_id=fact.person_id,
            requirement_id=fact.requirement_id,
            at=fact.at,
            basis=Basis.DECLARED,
            proof_id=fact.id,
        )
        tell_credited(self.on_credited, unit, give_credit(unit, actor, met, fact.at))

    def _today(self) -> date:
        return local_day(self._site.clock)

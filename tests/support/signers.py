"""People who sign: a PC with a door, an administrator who founded the site, and the words they type."""

from dataclasses import dataclass
from pathlib import Path

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.keys import SiteKeys, SlotCost
from app.core.people import NewPerson, People, RoleName, SignIn, create_first_administrator
from app.core.signatures import Proof, Signatures, SigningKeys
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, first_pc

LIGHT = SlotCost(memory=32, passes=1, lanes=1)
LOGIN, PASSWORD = "meera", "tall mango trees"
SECOND, SECOND_PASSWORD = "E-2", "ravi chose this one"


@dataclass
class Door:
    """One PC with what people come in by and sign with."""

    pc: Pc
    sign_in: SignIn
    signatures: Signatures

    def enter(self, login: str = LOGIN, password: str = PASSWORD) -> Actor:
        """Let somebody in."""
        return self.sign_in.sign_in(login, password).actor

    def enter_to_sign(self) -> Actor:
        """Let the administrator in and sign the statement, so that a series runs."""
        actor = self.enter()
        self.accept(actor)
        return actor

    def accept(self, actor: Actor, login: str = LOGIN, password: str = PASSWORD) -> None:
        """Let somebody sign the statement, which begins a series."""
        self.signatures.accept_statement(actor, Proof(name=login, password=password))


def door_of(pc: Pc) -> Door:
    """Return the door of a PC, with light locks."""
    site, keys = pc.opened.site, pc.opened.keys
    sign_in = SignIn(site, LIGHT)
    return Door(pc, sign_in, Signatures(site, keys, sign_in, SigningKeys(site, keys, LIGHT)))


def founded_pc(folder: Path, clock: TurnedClock) -> Pc:
    """Return the PC on which a site was founded, with its administrator."""
    pc = first_pc(folder, clock)
    found_administrator(pc)
    return pc


def found_administrator(pc: Pc) -> None:
    """Give a site that was just founded its administrator."""
    found_with(pc.opened.site, pc.opened.keys)


def found_with(site: Site, keys: SiteKeys) -> None:
    """Give a site its administrator, who signs under its keys."""
    create_first_administrator(
        site,
        login=LOGIN,
        name="Meera Joshi",
        password=PASSWORD,
        number="E-1",
        cost=LIGHT,
        keepers=[SigningKeys(site, keys, LIGHT)],
    )


def second_administrator(
    site: Site, sign_in: SignIn, signatures: Signatures, first: Actor
) -> Actor:
    """Let another administrator be at a site, who signs: the first has seen who he is."""
    person = People(site).add(first, NewPerson(number=SECOND, name="Ravi Iyer"))
    account = sign_in.accounts.give_account(first, person, roles=(RoleName.ADMINISTRATOR,))
    sign_in.accounts.set_password(first, account, "given by meera")
    came = sign_in.sign_in(SECOND, "given by meera").actor
    ravi = sign_in.change_secret(came, "given by meera", SECOND_PASSWORD).actor
    signatures.check_signer(first, account, "Company badge")
    signatures.accept_statement(ravi, Proof(name=SECOND, password=SECOND_PASSWORD))
    return ravi

"""Who is who: one spelling for each identifier, and how the site's own people are named.

A person of the site is the account `{homePage: <site>, name: <person id>}`: opaque outside, the
same when the employee number changes, and without a name or an address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.core.base.ids import parse_id
from app.core.learning.statements.exact_json import Json, read_json, to_sorted_bytes, to_text
from app.core.learning.statements.grammar import IDENTIFIERS, check_actor, check_agent

STATION_NAME = "daksha"
"""The account under which the program itself vouches for what it records."""


@dataclass(frozen=True, slots=True)
class AgentKey:
    """An agent or identified group by its one identifier; equal text is the same agent."""

    text: str
    """The identifier alone, as canonical JSON."""

    @property
    def identity(self) -> Json:
        """Return the identifier as an object: {"account": {…}}."""
        return read_json(self.text)


def key_of(actor: Json) -> AgentKey | None:
    """Return the key of a checked agent or group; None for a group known by its members only."""
    for identifier in identifiers_in((actor,)):
        return AgentKey(identifier)
    return None


def identifiers_in(actors: Iterable[Json]) -> list[str]:
    """Return the identifiers of checked agents and groups, each as the text of its key."""
    return [
        to_sorted_bytes({name: actor[name]}).decode()
        for actor in actors
        for name in IDENTIFIERS
        if name in actor
    ]


def read_agent(untrusted_text: str) -> AgentKey:
    """Return the key of the agent in a JSON text. Raises StatementInvalid."""
    agent = read_json(untrusted_text, "agent")
    check_agent(agent)
    (identifier,) = identifiers_in((agent,))
    return AgentKey(identifier)


def read_filter_agent(untrusted_text: str) -> AgentKey | None:
    """Return the key of the agent or group to look for; None matches nobody. Raises StatementInvalid."""
    actor = read_json(untrusted_text, "agent")
    check_actor(actor)
    return key_of(actor)


@dataclass(frozen=True, slots=True)
class SiteAgents:
    """How the site names its people, itself and nobody else, in statements."""

    site_id: UUID

    @property
    def home_page(self) -> str:
        """Return the IRI that stands for the site; `.invalid` never leads anywhere (RFC 2606)."""
        return f"https://daksha.invalid/site/{self.site_id}"

    def account(self, name: str) -> Json:
        """Return an agent with an account of this site."""
        return {"objectType": "Agent", "account": {"homePage": self.home_page, "name": name}}

    def agent_of(self, person_id: UUID) -> Json:
        """Return the agent that stands for a person."""
        return self.account(str(person_id))

    def key_of(self, person_id: UUID) -> AgentKey:
        """Return the key of the agent that stands for a person."""
        (identifier,) = identifiers_in((self.agent_of(person_id),))
        return AgentKey(identifier)

    def person_of(self, key: AgentKey | None) -> UUID | None:
        """Return the person an agent stands for; None for strangers. Whether they exist is not asked."""
        if key is None:
            return None
        account = key.identity.get("account")
        if account is None or account["homePage"] != self.home_page:
            return None
        return parse_id(account["name"])

    def authority(self, account_id: UUID | None) -> Json:
        """Return who vouches for a statement: the account it came in by, or the program."""
        name = STATION_NAME if account_id is None else f"account/{account_id}"
        return self.account(name)


def person_object(key: AgentKey, names: list[str]) -> str:
    """Return what is known of an agent as a Person object (xAPI Communication 2.4), as JSON."""
    identity = {name: [value] for name, value in key.identity.items()}
    person: Json = {"objectType": "Person", **identity}
    return to_text({**person, "name": names} if names else person)

"""Who needs somebody to read along: said by hand and by file, found, asked of rules, and gone with the person."""

import sqlalchemy as sa

from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import NewPerson, People, PersonChange, PersonId, Reads
from tests.core.people.conftest import SYSTEM

FILE = """employee_no,name,reading
E-1,Meena Rao,Needs somebody to read along
E-2,Ravi Iyer,alone
E-3,Kamala Devi,sometimes
"""


def along(people: People) -> list[str]:
    asked = PageRequest(filters=(("reads", Reads.ALONG.value),))
    return [one.number for one in people.list_people(SYSTEM, asked).rows]


def test_it_is_said_by_hand_found_in_the_list_and_sealed(
    people: People, asha: PersonId, site: Site
) -> None:
    people.add(SYSTEM, NewPerson(number="E-9", name="Ravi Iyer"))
    assert along(people) == []
    people.edit(SYSTEM, asha, PersonChange(reads=Reads.ALONG))
    assert along(people) == ["E-1042"]
    assert people.person(SYSTEM, asha).reads is Reads.ALONG
    with site.read() as session:
        bodies = session.scalars(sa.text("SELECT body FROM journal_entry")).all()
    assert not any(b"along" in body for body in bodies)
    people.edit(SYSTEM, asha, PersonChange(reads=Reads.ALONE))
    assert along(people) == []


def test_an_hr_file_brings_it_and_what_is_no_answer_is_told(people: People) -> None:
    made = people.imports.plan(SYSTEM, FILE.encode())
    assert [one.line for one in made.errors] == [4]
    made = people.imports.plan(SYSTEM, FILE.replace("sometimes", "illiterate").encode())
    people.imports.apply(SYSTEM, made)
    assert along(people) == ["E-1", "E-3"]
    changed = people.imports.plan(SYSTEM, FILE.replace("sometimes", "alone").encode())
    assert [
        (one.person.number, [each.field for each in one.changes]) for one in changed.changed
    ] == [("E-3", ["reads"])]

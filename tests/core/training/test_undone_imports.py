"""An HR file that is taken back after people of it were trained: they are here, and what they hold stands."""

from datetime import date

from app.core.base.actor import Actor
from app.core.people import People
from app.core.spreadsheets import GivenFile
from tests.core.training.conftest import SYSTEM
from tests.core.training.test_assignments import certificate, newest, required
from tests.support.teaching import School

FILE = b"Employee Number,Name,Department\nN-1,Uma Shah,Finance\nN-2,Ravi Iyer,Finance\n"


def test_whoever_was_trained_since_stays_and_is_named(
    school: School, meera: Actor, people: People
) -> None:
    imports = people.imports
    hr_set = imports.read(SYSTEM, [GivenFile(name="hr.csv", content=FILE)])
    imports.apply(SYSTEM, imports.look(SYSTEM, hr_set))
    uma = people.find(SYSTEM, "N-1").id
    gst = required(school, meera, "GST")
    school.training.assignments.evidence.enter(meera, uma, gst, certificate())

    (past,) = imports.past(SYSTEM)
    plan = imports.plan_take_back(SYSTEM, past.deed.id)
    assert [one.number for one in plan.leaving] == ["N-2"]
    assert [(one.number, one.about) for one in plan.kept] == [
        ("N-1", "came with this import, and has records since")
    ]
    imports.take_back(SYSTEM, plan)
    assert people.person(SYSTEM, uma).active
    assert people.person(SYSTEM, uma).placement is not None
    assert newest(school, meera, uma, "GST").is_held
    assert people.find(SYSTEM, "N-2").left_on == date(2026, 11, 23)

"""cmi5 and xAPI packages that others made: they run, report, are done, and are gone on with."""

import json
from collections.abc import Callable
from fractions import Fraction
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.courses import Outline
from app.core.journal import Site
from app.core.learning import CourseInHand, registration_of
from app.core.learning.cmi5.standing import categories_of
from app.core.learning.cmi5.vocabulary import CMI5_CATEGORY
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.engine import start_engine
from tests.support.conformance import case, of_suite
from tests.support.corpora import CORPORA
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import published
from tests.support.wired import verbs
from tests.ui.learning.conftest import Opened, Services

start_engine()

from tests.ui.learning.wired_player import WiredPlayer  # noqa: E402  after the engine

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here"),
]


class Wild:
    """One package in the player, again and again."""

    def __init__(
        self,
        site: Site,
        services: Services,
        learner: Actor,
        opened: Opened,
        jobs: JobRunner,
        qtbot: QtBot,
        happened: Callable[[str], None],
    ) -> None:
        self._happened = happened
        self._site, self._services, self._learner = site, services, learner
        self._opened, self._jobs, self._qtbot = opened, jobs, qtbot
        self.course = self.registration = UUID(int=0)

    def publish(self, place: str) -> None:
        lesson = a_package_lesson(self._site, self._services.assets, CORPORA / place)
        self.course = published(self._site, Outline(title=place, lessons=(lesson,)))
        hand = self.hand()
        package = lesson.variants[0].asset
        self.registration = registration_of(hand.start_id, hand.lessons[0].lesson_id, package)

    def hand(self) -> CourseInHand:
        return self._services.learning.begin(self._learner, self.course)

    def open(self) -> WiredPlayer:
        lesson = self.hand().lessons[0].lesson_id
        self.screen = self._opened(course_id=self.course, lesson_id=lesson)
        player = WiredPlayer(self.screen, self._qtbot)
        session = player.session
        self._qtbot.waitUntil(lambda: session.situation is not None, timeout=20_000)
        return player

    def leave(self) -> None:
        self.screen.hide()
        assert self._jobs.wait_idle(20_000)

    def tell(self) -> None:
        """Tell for the document what was said so far, and whether the lesson is done."""
        done = "done" if self.hand().lessons[0].is_done else "not done"
        said = ", ".join(sorted(set(self.said()))) or "nothing"
        self._happened(f"said: {said}; the lesson is {done}")

    def said(self) -> list[str]:
        """Return the verbs of everything that was said."""
        return verbs(self._services.wired.said(self.registration))

    def defined(self) -> list[str]:
        """Return the verbs of what cmi5 defines."""
        said = self._services.wired.said(self.registration)
        return verbs(one for one in said if CMI5_CATEGORY in categories_of(one))

    def wait_until_said(self, verb: str) -> None:
        self._qtbot.waitUntil(lambda: verb in self.said(), timeout=30_000)

    def agree(self, player: WiredPlayer) -> None:
        """Say yes to the next question that the package puts."""
        dialogs = player.session.dialogs
        self._qtbot.waitUntil(lambda: bool(dialogs), timeout=20_000)
        dialogs[0].accept()


@pytest.fixture
def wild(
    site: Site,
    services: Services,
    asha: Actor,
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
    happened: Callable[[str], None],
) -> Wild:
    return Wild(site, services, asha, opened, jobs, qtbot, happened)


def whole(name: str, expected: str) -> pytest.MarkDecorator:
    """Return the mark of a course that is played to its end."""
    return of_suite("wired-played", name, expected)


CATAPULT = {
    "masteryscore_framed": "passed with its score, satisfied, completed",
    "masteryscore_responsive": "passed with its score, satisfied, completed",
    "single_au_basic_framed": "passed, satisfied, completed",
    "single_au_basic_responsive": "passed, satisfied, completed",
}


@pytest.mark.parametrize(
    "name",
    [
        case("wired-played", f"catapult-{name}.zip", name, expected=expected)
        for name, expected in CATAPULT.items()
    ],
)
def test_a_catapult_course_is_done_and_gone_on_with(name: str, wild: Wild, qtbot: QtBot) -> None:
    is_judged = name.startswith("mastery")
    wild.publish(f"cmi5/catapult-{name}.zip")
    player = wild.open()
    wild.wait_until_said("initialized")
    player.wait_for("window.eval('typeof course') === 'object'")
    score = "{scaled: 0.8, raw: 80, min: 0, max: 100}" if is_judged else ""
    player.run(f"window.eval('course.pass({score})') && 0" if is_judged else "0")
    player.run("0" if is_judged else "window.eval('course.trackingPlugin.passAndComplete()') && 0")
    wild.wait_until_said("completed")
    player.run("window.eval('course.exit()') && 0")
    qtbot.waitUntil(lambda: player.session.situation.is_over, timeout=30_000)
    wild.leave()
    wild.tell()

    assert wild.hand().lessons[0].is_done
    once = ["launched", "initialized", "passed", "satisfied", "completed", "terminated"]
    assert wild.defined() == once

    wild.open()
    qtbot.waitUntil(lambda: wild.defined().count("initialized") == 2, timeout=30_000)
    wild.leave()
    assert wild.defined()[:-1] == [*once, "launched", "initialized"]
    assert wild.defined()[-1] in {
        "terminated",
        "abandoned",
    }  # as far as it had come when it was left


@whole("escola-cmi5.zip", "progressed, completed, passed, done")
def test_escola_is_done_button_by_button(wild: Wild, qtbot: QtBot) -> None:
    wild.publish("cmi5/escola-cmi5.zip")
    player = wild.open()
    button = "[...document.querySelectorAll('button')].find(one => one.innerText.trim() === '{name}' && !one.disabled)"
    for name, verb in (
        ("Initialize", "initialized"),
        ("Progress 50%", "progressed"),
        ("Complete", "completed"),
        ("Pass", "passed"),
        ("Terminate", "terminated"),
    ):
        player.wait_for(f"{button.format(name=name)} !== undefined")
        player.run(f"{button.format(name=name)}.click()")
        wild.wait_until_said(verb)
        if verb == "progressed":
            assert wild.hand().lessons[0].share == Fraction(1, 2)
    wild.leave()
    wild.tell()

    lesson = wild.hand().lessons[0]
    assert (lesson.is_done, lesson.share, lesson.state["score"]) == (True, 1, "1/1")
    judged = ["completed", "passed", "satisfied", "terminated"]
    assert wild.defined() == ["launched", "initialized", *judged]


ANSWER = """
for (const question of test.Questions) {
  const at = "question_" + question.Id + "_";
  if (question.Type === QUESTION_TYPE_NUMERIC) document.getElementById(at + "Text").value = question.CorrectAnswer;
  else if (question.Type === QUESTION_TYPE_TF) document.getElementById(at + (question.CorrectAnswer ? "True" : "False")).checked = true;
  else document.getElementById(at + question.Answers.indexOf(question.CorrectAnswer)).checked = true;
}
SubmitAnswers();
"""


@whole("tincan-golf.zip", "statements stored; goes on; quiz score")
def test_golf_is_gone_on_with_and_passed(wild: Wild) -> None:
    wild.publish("xapi/tincan-golf.zip")
    player = wild.open()
    wild.wait_until_said("attempted")
    player.run("window.eval('doNext(); doNext()') && 0")
    wild.wait_until_said("experienced")
    wild.leave()
    assert not wild.hand().lessons[0].is_done

    player = wild.open()
    wild.agree(player)
    player.wait_for("window.eval('bookmarkingData.getPage()') === 2")
    player.run("window.eval('bookmarkingData.setPage(14); goToPage()') && 0")
    inner = "document.getElementById('contentFrame').contentWindow"
    player.wait_for(f"{inner}.eval('typeof SubmitAnswers') === 'function' && {inner}.test")
    player.run(f"{inner}.eval({json.dumps(ANSWER)}) && 0")
    wild.wait_until_said("passed")
    wild.leave()
    wild.tell()

    lesson = wild.hand().lessons[0]
    assert (lesson.is_done, lesson.state["score"]) == (True, "1/1")


@whole("basic-course-xapi.zip", "opened with its endpoint; it says nothing")
def test_a_package_without_a_word_is_not_done(wild: Wild) -> None:
    wild.publish("xapi/basic-course-xapi.zip")
    player = wild.open()
    player.wait_for("window.location.search.includes('&auth=Basic%20')")
    wild.leave()
    wild.tell()

    assert (wild.said(), wild.hand().lessons[0].is_done) == ([], False)


@whole("minimal-xapi.zip", "statements stored")
def test_an_activity_whose_name_is_no_iri_is_done_all_the_same(wild: Wild) -> None:
    wild.publish("xapi/minimal-xapi.zip")
    player = wild.open()
    player.wait_for("window.eval('typeof completionStatement') === 'object'")
    player.run(
        "window.dispatchEvent(new window.MessageEvent('message', "
        "{origin: 'https://www.jskl.fr', data: {message: 'end_course'}})) && 0"
    )
    wild.wait_until_said("completed")
    wild.leave()
    wild.tell()

    assert wild.hand().lessons[0].is_done

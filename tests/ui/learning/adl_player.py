"""Follows one of ADL's conformance scenarios in the real web player: its pages judge themselves."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from PySide6.QtWebEngineCore import QWebEngineScript
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.content import AssetStore
from app.core.learning import Launches, Situation, Way, Wish
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.session import PackageSession

RELAUNCHED_AT = {"RelaunchCM10": "Activity 4", "DMBxAct": "Data Model Behavior Test 1"}
"""What the instruction says to choose after the relaunch."""
LAUNCHED = {"APIt1": "API Implementation Test 1", "APIt2": "API Implementation Test 2"}
PATIENCE_MS = 20_000
"""How long a page may take on a busy PC; only a case that goes otherwise waits as long."""
_SAID = "ADL-RESULT "
_OUT_OF_ORDER = "delivered out of order"
"""The pages count deliveries; those of the suite's own that say nothing do not, so it is counted here."""


@dataclass
class Bench:
    """Where cases are played."""

    launches: Launches
    actor: Actor
    assets: AssetStore
    jobs: JobRunner
    qtbot: QtBot


def _before_the_page(storage: str) -> QWebEngineScript:
    """Return a script that gives the frame what pages of an earlier launch have stored."""
    made = QWebEngineScript()
    made.setSourceCode(
        f"Object.entries({storage}).forEach(([key, value]) => localStorage.setItem(key, value))"
    )
    made.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    made.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld.value)
    return made


@dataclass
class AdlPlayer:
    """Plays a case; `differences` are what its pages and the scenario found otherwise."""

    bench: Bench
    archive: ZipFile
    places: dict[str, tuple[UUID, UUID]]
    """Start and lesson of each package of the case, by the package's name; it begins with the first."""
    differences: list[str] = field(default_factory=list)
    results: list[dict[str, Any]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    silent: int = 0
    storage: str = "{}"
    session: PackageSession | None = None
    package: str = ""

    def play(self) -> list[str]:
        """Return what went otherwise than the scenario says."""
        scenario = json.loads(self.archive.read("scenario.json"))
        start = scenario["start"]
        self.package = next(iter(self.places))
        self._launch(None if start in {".", self.package} else start)
        for number, visit in enumerate(scenario["visits"], start=1):
            if not self._arrived(number, visit):
                break
            self._look(visit)
            self._then(visit, number == len(scenario["visits"]))
        self._close()
        return self.differences

    def _launch(self, choice: str | None) -> None:
        launch = self.bench.launches.open(self.bench.actor, *self.places[self.package], "en")
        self.session = session = PackageSession(
            launch, self.bench.launches, self.bench.actor, self.bench.assets, self.bench.jobs
        )
        session.web.said.connect(self._hear)
        session.moved.connect(self._note_opening)
        # The pages count their visits in localStorage, which ends with a launch, and so did the suite's own
        session.web.page.scripts().insert(_before_the_page(self.storage))
        session.web.resize(800, 600)
        session.web.show()
        session.start()
        self._wait(lambda: session.situation is not None)
        if choice is not None:
            self._wish(Way.CHOICE, self._titled(choice))

    def _note_opening(self, situation: Situation) -> None:
        if situation.opening is not None:
            self.opened.append(situation.opening.address.partition("?")[0])

    def _hear(self, line: str) -> None:
        if line.startswith(_SAID):
            self.results.append(json.loads(line.removeprefix(_SAID)))

    def _arrived(self, number: int, visit: dict[str, Any]) -> bool:
        where = f"visit {number} (activity {visit['activity']})"
        if not self._wait(lambda: len(self.opened) >= number, may_fail=True):
            self.differences.append(f"{where}: nothing was delivered; {self._describe()}")
            return False
        if _SAID.encode() not in self.archive.read(self.opened[number - 1]):
            self._accept_dialogs()  # a page of the suite's own, which talks to people
            self.silent += 1
            return True
        if not self._wait(lambda: len(self.results) + self.silent >= number, may_fail=True):
            self.differences.append(f"{where}: the page said nothing; {self._describe()}")
            return False
        result = self.results[number - 1 - self.silent]
        faults = [one for one in result["fails"] if not (self.silent and _OUT_OF_ORDER in one)]
        self.differences += [f"{where}: {fault}" for fault in faults]
        self._settle()
        return result["act"] == visit["activity"]

    def _accept_dialogs(self) -> None:
        assert self.session is not None
        session = self.session
        self._wait(lambda: bool(session.dialogs))
        self._remember()

    def _look(self, visit: dict[str, Any]) -> None:
        if len(self.results) > 0 and self.session is not None and not self.session.is_moving:
            for asked in visit["ui"]:
                question, _, title = asked["question"].partition("@")
                if self._seen(question, title) is not asked["expect"]:
                    self.differences.append(f"{asked['question']} is not {asked['expect']}")

    def _seen(self, question: str, title: str) -> bool:
        situation = self._situation()
        lines = situation.contents
        match question:
            case "toc.enabled.selectable":
                name = self._titled(title)
                return any(line.activity == name and line.is_enabled for line in lines)
            case "toc.visible":
                return self._titled(title) in {line.activity for line in lines}
            case "toc.enabled":
                return any(line.is_enabled and not line.is_current for line in lines)
            case "previous.enabled" | "previous.disabled":
                return (Way.PREVIOUS in situation.ways) is question.endswith("enabled")
            case _:
                return (Way.CONTINUE in situation.ways) is question.endswith("enabled")

    def _then(self, visit: dict[str, Any], is_last: bool) -> None:
        before = len(self.results)
        match (visit["then"] or "").split("~"):
            case ["Continue"]:
                self._wish(Way.CONTINUE)
            case ["Previous"]:
                self._wish(Way.PREVIOUS)
            case ["Choice", title]:
                self._wish(Way.CHOICE, self._titled(title))
            case ["TRIGExitAll" | "Exit"]:
                if not self._situation().is_over:
                    self._wish(Way.EXIT_ALL)
            case ["AutoTest" | "HasEnded"]:
                if is_last and len(self.results) == before and not self._situation().is_over:
                    self._leave_by_its_own_wish()
            case [one] if one in LAUNCHED:
                self._wish(Way.CHOICE, self._titled(LAUNCHED[one]))
            case [*_, last] if last:
                self._relaunch(last)

    def _leave_by_its_own_wish(self) -> None:
        if not self._wait(lambda: self._situation().is_over, may_fail=True):
            self.differences.append(f"the course is still open; {self._describe()}")

    def _relaunch(self, how: str) -> None:
        if not self._situation().is_over:
            self._wish(Way.EXIT_ALL)
        self._close()
        self.package = next((one for one in self.places if how.endswith(one)), self.package)
        self._launch(RELAUNCHED_AT.get(how))

    def _wish(self, way: Way, target: str = "") -> None:
        session = self.session
        assert session is not None
        self._wait(lambda: not session.is_moving)
        self._remember()
        session.wish(Wish(way, target))
        self._wait(lambda: not session.is_moving)

    def _remember(self) -> None:
        found: list[str] = []
        assert self.session is not None
        self.session.web.page.runJavaScript(
            "JSON.stringify(localStorage)",
            lambda text: found.append(text),  # noqa: PLW0108  a built-in method is never called back
        )
        session = self.session

        def is_told() -> bool:
            for dialog in tuple(session.dialogs):
                dialog.accept()
            return bool(found)

        self._wait(is_told)
        self.storage = found[0]

    def _settle(self) -> None:
        """Wait until the page has ended its conversation, or goes on by itself."""
        session = self.session
        assert session is not None
        self._remember()
        self._remember()  # what the page does after its last word comes before this answer
        self._wait(lambda: self.bench.jobs.is_idle() and not session.is_moving)

    def _situation(self) -> Situation:
        assert self.session is not None
        assert self.session.situation is not None
        return self.session.situation

    def _titled(self, title: str) -> str:
        assert self.session is not None
        root = self.session.launch.index.manifest.root
        if title.startswith("the activity that corresponds to the root"):
            return root.id
        return next(one.id for one in root.walk() if one.title.strip() == title.strip())

    def _describe(self) -> str:
        situation = self._situation()
        return f"current {situation.current!r}, over {situation.is_over}, {situation.refusal}"

    def _close(self) -> None:
        session, self.session = self.session, None
        if session is not None:
            self.session = session
            self._remember()
            self.session = None
            over: list[bool] = []
            session.closed.connect(lambda: over.append(True))
            session.close()
            self._wait(lambda: bool(over))

    def _wait(self, until: Callable[[], bool], *, may_fail: bool = False) -> bool:
        from pytestqt.exceptions import TimeoutError as Waited

        try:
            self.bench.qtbot.waitUntil(until, timeout=PATIENCE_MS)
        except Waited:
            if not may_fail:
                raise
            return False
        return True

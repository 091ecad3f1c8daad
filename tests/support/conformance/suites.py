"""The suites: what is run, and what has to be there for it. A new one is one line in `SUITES`."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Suite:
    """Cases of one origin through one part of the product."""

    key: str
    title: str
    about: str
    """What is done with each case, and when it has passed."""
    folder: str = ""
    """Where in the corpora the cases lie; empty for those made here."""


_TAKEN = (
    "Imported as a course, published and read back, or refused with a sentence and nothing kept."
)
_COUNTED = f"{_TAKEN} What is taken must have the parts that another program counted in it."

SUITES = (
    Suite(
        key="own-packages",
        title="Packages made here",
        about=f"One of each standard and edition, and broken ones. {_TAKEN}",
    ),
    Suite(
        key="own-played",
        title="Packages made here, in the player",
        about="Opened in the real window until the page stands, left, and opened again.",
    ),
    Suite(
        key="own-banks",
        title="Question banks made here",
        about="One of each format, and broken ones: every question is asked, or named with a reason.",
    ),
    Suite(
        key="statements",
        title="Statement endpoint (xAPI 1.0.3 and 2.0)",
        about="Requirements of the specification in tests of our own, against the endpoint on a port of "
        "this PC. ADL's suite for it is run by hand, see above.",
    ),
    Suite(key="scorm12", title="SCORM 1.2", about=_COUNTED, folder="scorm12"),
    Suite(key="scorm2004", title="SCORM 2004", about=_COUNTED, folder="scorm2004"),
    Suite(
        key="scorm-played",
        title="SCORM 1.2 and 2004, in the player",
        about="Opened in the real window; what it keeps is stored; it goes on where it was left.",
        folder="scorm12, scorm2004",
    ),
    Suite(
        key="adl-packages",
        title="ADL's SCORM 2004 4th Edition suite, as packages",
        about=_COUNTED,
        folder="adl-cts",
    ),
    Suite(
        key="adl-sequencing",
        title="ADL's SCORM 2004 4th Edition suite, sequencer and API",
        about="The scenario's learner and content without a browser: every delivery, call, error code "
        "and button as the scenario says.",
        folder="adl-cts",
    ),
    Suite(
        key="adl-played",
        title="ADL's SCORM 2004 4th Edition suite, in the player",
        about="Its own pages in the real window, judging themselves; deliveries, buttons and contents "
        "as the scenario says.",
        folder="adl-cts",
    ),
    Suite(key="cmi5", title="cmi5", about=_COUNTED, folder="cmi5"),
    Suite(
        key="cmi5-lts",
        title="CATAPULT's suite for learning systems (cmi5), as packages",
        about=f"{_COUNTED} What is refused must be refused for what is wrong with it.",
        folder="cmi5-lts",
    ),
    Suite(
        key="cmi5-lts-played",
        title="CATAPULT's suite for learning systems (cmi5), in the player",
        about="Each unit judges the player and shows its result; the statements of its registration "
        "are those that the suite's procedure asks for, in order.",
        folder="cmi5-lts",
    ),
    Suite(key="xapi", title="xAPI (tincan.xml)", about=_COUNTED, folder="xapi"),
    Suite(
        key="wired-played",
        title="cmi5 and xAPI courses, in the player",
        about="Played to the end in the real window: what they report is kept, and the lesson is done "
        "by it or not, as it should.",
        folder="cmi5, xapi",
    ),
    Suite(key="h5p", title="H5P", about=_COUNTED, folder="h5p"),
    Suite(
        key="h5p-played",
        title="H5P, in the player",
        about="Opened in the real window until the content stands, without an error, left, and opened again.",
        folder="h5p",
    ),
    Suite(key="aicc", title="AICC", about="Refused by its name.", folder="aicc"),
    Suite(
        key="hostile",
        title="Hostile archives and XML",
        about="Refused with a sentence; memory stays below 50 MB and nothing is written.",
        folder="hostile",
    ),
    Suite(
        key="banks",
        title="Question banks",
        about="Every question is asked as the type it is, or named with the reason why not.",
        folder="questions",
    ),
    Suite(
        key="gift",
        title="GIFT as another program reads it",
        about="The files of GIFT-grammar-PEG read as their parsed form says.",
        folder="questions",
    ),
    Suite(
        key="users",
        title="Lists of people",
        about="People are taken with the columns that are known, and the others named; lists of other "
        "things are refused.",
        folder="users",
    ),
    Suite(
        key="media",
        title="Recordings",
        about="Looked over as the import does, and played by the product's own player.",
        folder="media",
    ),
)

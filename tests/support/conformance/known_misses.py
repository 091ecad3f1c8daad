"""Cases that go otherwise than expected, each with its reason: the one list of them.

A case that is named here must miss: once it passes, its test fails until the line is gone.
"""

from collections.abc import Mapping

KNOWN_MISSES: Mapping[tuple[str, str], str] = {
    ("media", "moodle-logo.mp4"): (
        "The file is damaged: the lengths inside its pictures are wrong, and ffmpeg decodes none of "
        "them either. The player says that it breaks off."
    ),
    ("h5p", "bad-lumi-invalid-core-version.h5p"): (
        "It asks for H5P's core interface 1.19 and for nothing newer. Eight of the packages that must "
        "be taken ask for 1.19 or 1.24, and the product plays up to 1.28, so there is nothing in it "
        "to refuse; it plays like them."
    ),
    ("adl-played", "CM-09aa.zip"): (
        "Its page makes the calls of two visits in one, and so initializes twice. Taken apart into "
        "the two visits, as ADL has them, it passes in the sequencer's suite."
    ),
    ("adl-played", "DDMb.zip"): (
        "Its page looks for the names of stores among the objectives, finds none, and so takes every "
        "store for the first. Asked for by their places, all of it passes in the sequencer's suite."
    ),
}

"""The two editions of xAPI that one store speaks: 1.0.3 and 2.0 (IEEE 9274.1.1)."""

import re
from enum import StrEnum


class XapiVersion(StrEnum):
    """An edition, as the header X-Experience-API-Version names it."""

    ONE = "1.0.3"
    TWO = "2.0.0"


_ONE = re.compile(r"1\.0(\.\d+)?")
_TWO = re.compile(r"2\.0(\.\d+)?")


def spoken_version(untrusted_header: str) -> XapiVersion | None:
    """Return the edition a client speaks, or None when it is none of ours.

    1.0 and every 1.0.x are the same edition to a store (xAPI 1.0.3, Communication 3.3).
    """
    if _ONE.fullmatch(untrusted_header):
        return XapiVersion.ONE
    return XapiVersion.TWO if _TWO.fullmatch(untrusted_header) else None


def stamped_version(version: XapiVersion) -> str:
    """Return what a statement of this edition is stamped with when it names no version itself.

    A store writes 1.0.0 whatever 1.0.x it speaks (xAPI 1.0.3, Data 2.4.10).
    """
    return "1.0.0" if version is XapiVersion.ONE else version.value

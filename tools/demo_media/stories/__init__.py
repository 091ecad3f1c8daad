"""What is drawn and said in each of the six demo courses."""

from tools.demo_media.stories import chemical, fire, gmp, infosec, loto, posh
from tools.demo_media.story import Course

COURSES: tuple[Course, ...] = (
    loto.COURSE,
    fire.COURSE,
    gmp.COURSE,
    chemical.COURSE,
    posh.COURSE,
    infosec.COURSE,
)

"""Good documentation practice: a correction that can be trusted, and ALCOA+."""

from tools.demo_media.brush import Brush
from tools.demo_media.parts import cross, sheet, tick, title_card
from tools.demo_media.story import WIDTH, Course, Film, Picture, Scene, between

_PEN = "#1D3FBF"
_ROWS = (
    ("09:10", "Fill weight, g", "42.6"),
    ("09:20", "Fill weight, g", "47.2"),
    ("09:30", "Fill weight, g", "42.8"),
)
_WRITTEN = 1


def _record(brush: Brush, hide_wrong: bool = False) -> None:
    sheet(brush, 20, 18, 386, 308)
    brush.words("Batch record", 36, 28, 360, 19, "#141926", bold=True)
    brush.words("Page 4 of 9", 36, 54, 360, 13, "#5A657B")
    for row, (time, what, value) in enumerate(_ROWS):
        y = 84 + row * 74
        brush.box(32, y, 362, 74, edge="#AEB7CC", line=1)
        brush.words(time, 40, y + 10, 60, 16, "#465066")
        brush.words(what, 100, y + 10, 130, 16, "#465066")
        if not (hide_wrong and row == _WRITTEN):
            brush.words(value, 236, y + 6, 80, 22, _PEN)
            brush.words("MK", 330, y + 8, 60, 18, _PEN)


def _opening(brush: Brush, share: float) -> None:
    with brush.moved(WIDTH / 2 - 62, 44, 0.5):
        sheet(brush, 0, 0, 250, 320)
        for line in range(6):
            brush.line(
                [
                    (30, 50 + line * 42),
                    (30 + 190 * between(share * 2, line * 0.15, line * 0.15 + 0.3), 50 + line * 42),
                ],
                _PEN,
                8,
            )
    title_card(brush, "A correction you can trust", "ऐसा सुधार जिस पर भरोसा हो", share)


def _never(brush: Brush, share: float) -> None:
    _record(brush, hide_wrong=True)
    hidden = between(share, 0.2, 0.4)
    brush.box(226, 162, 80 * hidden, 34, fill="#EDEFF4", edge="#C4CCDD", line=1)
    brush.words("42.7" if share > 0.45 else "", 236, 164, 80, 22, _PEN)
    if share > 0.55:
        cross(brush, 348, 180, 76 * between(share, 0.55, 0.65), brush.palette.bad)


def _strike_line(brush: Brush, share: float) -> None:
    reach = between(share, 0.0, 1.0)
    if reach > 0:
        brush.line([(230, 180), (230 + 62 * reach, 178)], _PEN, 3)


def _strike(brush: Brush, share: float) -> None:
    _record(brush)
    _strike_line(brush, between(share, 0.25, 0.55))


def _correct(brush: Brush, share: float) -> None:
    _record(brush)
    _strike_line(brush, 1)
    with brush.faded(between(share, 0.2, 0.45)):
        brush.words("42.7", 236, 198, 80, 22, _PEN)


def _sign(brush: Brush, share: float) -> None:
    _correct(brush, 1)
    with brush.faded(between(share, 0.15, 0.4)):
        brush.words("MK 23 Nov 26", 290, 202, 110, 15, _PEN)
    with brush.faded(between(share, 0.45, 0.7)):
        brush.words("digits swapped", 100, 202, 130, 15, _PEN)
    if share > 0.8:
        tick(brush, 370, 300, 60 * between(share, 0.8, 0.9), "#0F7A4B")


def _now(brush: Brush, share: float) -> None:
    colours = brush.palette
    brush.disc(128, 172, 92, fill="#FFFFFF", edge=colours.dark_metal, line=8)
    with brush.moved(128, 172, turn=360 * share * 0.9):
        brush.line([(0, 0), (0, -70)], "#141926", 6)
    with brush.moved(128, 172, turn=280):
        brush.line([(0, 0), (0, -46)], "#141926", 8)
    brush.arrow((236, 172), (292, 172), colours.accent, 7)
    sheet(brush, 304, 98, 100, 148)
    for line in range(5):
        brush.line(
            [
                (316, 124 + line * 24),
                (316 + 74 * between(share, line * 0.15, line * 0.15 + 0.2), 124 + line * 24),
            ],
            _PEN,
            4,
        )


_LETTERS = (
    ("A", "Attributable", "किसने किया, साफ़"),
    ("L", "Legible", "पढ़ने योग्य"),
    ("C", "Contemporaneous", "उसी समय लिखा"),
    ("O", "Original", "मूल रिकॉर्ड"),
    ("A", "Accurate", "सही"),
    ("+", "Complete", "पूरा"),
    ("+", "Consistent", "क्रम में, एक-सा"),
    ("+", "Enduring", "टिकाऊ"),
    ("+", "Available", "माँगने पर मिले"),
)


def _alcoa(brush: Brush, share: float) -> None:
    colours = brush.palette
    for place, (letter, name, _hindi) in enumerate(_LETTERS):
        x, y = 16 + (place % 3) * 133, 16 + (place // 3) * 106
        with brush.faded(between(share, place * 0.08, place * 0.08 + 0.12)):
            brush.box(x, y, 126, 98, fill=colours.paper, edge=colours.edge, line=1.5, radius=10)
            brush.centred(letter, x, y + 6, 126, 54, 38, colours.accent)
            brush.centred(name, x, y + 62, 126, 26, 12.5)


_SCENES = (
    Scene("", "", "Everyone makes mistakes. A good correction keeps the truth.",
          {"en": "Everyone makes mistakes. A good correction keeps the truth.",
           "hi": "गलती सबसे होती है। अच्छा सुधार सच को छिपाता नहीं।"}, _opening),
    Scene("Never hide it", "कभी न छिपाएँ", "No correction fluid, no overwriting, no torn pages. The first value must stay readable.",
          {"en": "No correction fluid, no overwriting, no torn pages. The first value must stay readable.",
           "hi": "न सफ़ेदा, न ऊपर से लिखना, न पन्ना फाड़ना। पहली लिखी बात पढ़ने में आनी चाहिए।"}, _never, 1),
    Scene("One line", "एक सीधी लकीर", "Draw one line through the wrong value.",
          {"en": "Draw one line through the wrong value.", "hi": "गलत मान पर एक ही लकीर खींचें।"}, _strike, 2),
    Scene("Write the right value", "सही मान लिखें", "Write the right value beside it.",
          {"en": "Write the right value beside it.", "hi": "उसके पास सही मान लिखें।"}, _correct, 3),
    Scene("Initials, date, reason", "हस्ताक्षर, तारीख, कारण", "Add your initials, today's date, and the reason.",
          {"en": "Add your initials, today's date, and the reason.", "hi": "अपने छोटे हस्ताक्षर, आज की तारीख और कारण लिखें।"}, _sign, 4),
    Scene("Write it when you do it", "काम के साथ ही लिखें", "Write when you do the work. Not before, and not at the end of the shift.",
          {"en": "Write when you do the work. Not before, and not at the end of the shift.",
           "hi": "काम करते समय ही लिखें। न पहले, न शिफ़्ट के अंत में।"}, _now, 5),
    Scene("ALCOA+", "नौ बातें", "That is Alcoa plus. Nine words that make a record believable.",
          {"en": "That is ALCOA+: nine words that make a record believable.",
           "hi": "यही ALCOA+ है: नौ बातें, जिनसे रिकॉर्ड पर भरोसा होता है।"}, _alcoa, 6),
)  # fmt: skip


def _tiles(brush: Brush) -> None:
    colours = brush.palette
    brush.words("ALCOA+: nine words for a record you can believe", 30, 20, 900, 27, bold=True)
    for place, (letter, name, hindi) in enumerate(_LETTERS):
        x, y = 30 + (place % 3) * 304, 76 + (place // 3) * 150
        brush.box(x, y, 292, 138, fill=colours.card, edge=colours.edge, line=1.5, radius=12)
        brush.box(x, y, 70, 138, fill=colours.calm if place < 5 else colours.good, radius=12)
        brush.centred(letter, x, y, 70, 138, 44, colours.paper)
        brush.words(name, x + 84, y + 36, 204, 21, bold=True)
        brush.words(hindi, x + 84, y + 72, 204, 18, colours.quiet)


def _correction(brush: Brush) -> None:
    colours = brush.palette
    for place, (draw, name) in enumerate(
        ((_never, "Wrong: the first value is gone"), (_sign, "Right: everything can be read"))
    ):
        x = 20 + place * 460
        brush.box(x, 16, 446, 404, fill=colours.card, edge=colours.edge, line=1.5, radius=14)
        with brush.moved(x + 10, 22):
            draw(brush, 1.0)
        brush.centred(name, x, 366, 446, 44, 19, colours.bad if place == 0 else colours.good)


_TILES_IN_HINDI = {
    "ALCOA+: nine words for a record you can believe": "ALCOA+: भरोसेमंद रिकॉर्ड के नौ शब्द",
    **{letter: letter for letter in "ALCO"},
    **{text: other for _letter, one, two in _LETTERS for text, other in ((one, two), (two, one))},
    "The nine words of ALCOA+ in English and Hindi.": "ALCOA+ के नौ शब्द, हिंदी और अंग्रेज़ी में।",
}  # fmt: skip
_CORRECTION_IN_HINDI = {
    "Batch record": "बैच रिकॉर्ड",
    "Page 4 of 9": "पृष्ठ 4 / 9",
    "Fill weight, g": "भराव, ग्राम",
    "Wrong: the first value is gone": "गलत: पहला मान मिट गया",
    "Right: everything can be read": "सही: सब पढ़ने में आता है",
    "MK": "म.कु.",
    "MK 23 Nov 26": "म.कु. 23-11-26",
    "digits swapped": "अंक उलट गए",
    "Left: a value covered with correction fluid. Right: one line, the right value, initials, date and reason.":
        "बाएँ: सफ़ेदे से ढका मान। दाएँ: एक लकीर, सही मान, छोटे हस्ताक्षर, तारीख और कारण।",
}  # fmt: skip

COURSE = Course(
    "gmp",
    films=(Film("03-a-correction-you-can-trust.webm", _SCENES),),
    pictures=(
        Picture("02-alcoa-plus.svg", 952, 540, _tiles, "The nine words of ALCOA+ in English and Hindi.",
                _TILES_IN_HINDI),
        Picture("pictures/correction.png", 946, 436, _correction,
                "Left: a value covered with correction fluid. Right: one line, the right value, initials, date and reason.", _CORRECTION_IN_HINDI),
    ),
)  # fmt: skip

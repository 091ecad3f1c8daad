"""Prevention of sexual harassment: what it is, and where a complaint goes."""

import math

from tools.demo_media.brush import Brush
from tools.demo_media.parts import padlock, person, sheet, title_card
from tools.demo_media.story import WIDTH, Course, Film, Picture, Scene, between

_TEAL, _ROSE, _SAND = "#2E8C87", "#B5537A", "#C98A3A"


def _opening(brush: Brush, share: float) -> None:
    with brush.faded(between(share, 0, 0.2)):
        person(brush, WIDTH / 2 - 110, 200, 120, _TEAL)
        person(brush, WIDTH / 2, 200, 136, _ROSE, long_hair=True)
        person(brush, WIDTH / 2 + 110, 200, 120, _SAND, long_hair=True)
    title_card(brush, "Respect is a rule here", "सम्मान यहाँ का नियम है", share)


def _bubble(brush: Brush, x: float, y: float, width: float, text: str, colour: str) -> None:
    brush.box(x, y, width, 62, fill=colour, radius=14)
    brush.shape([(x + 26, y + 58), (x + 52, y + 58), (x + 24, y + 80)], fill=colour)
    brush.centred(text, x + 6, y, width - 12, 62, 17, "#FFFFFF")


def _unwelcome(brush: Brush, share: float) -> None:
    kinds = (("Touch, blocking the way", 22, 24), ("Asking for favours", 214, 24), ("Remarks and jokes", 22, 124),
             ("Pictures, messages", 214, 124), ("Staring, gestures", 118, 224))  # fmt: skip
    for place, (name, x, y) in enumerate(kinds):
        with brush.faded(between(share, 0.06 + place * 0.15, 0.18 + place * 0.15)):
            _bubble(brush, x, y, 188, name, (_ROSE, "#7A5AA8")[place % 2])


def _effect(brush: Brush, share: float) -> None:
    colours = brush.palette
    tilt = 9 * math.sin(min(share, 0.5) * math.tau) + 7 * between(share, 0.5, 0.7)
    brush.line([(213, 300), (213, 110)], colours.metal, 9)
    brush.shape([(160, 306), (266, 306), (236, 286), (190, 286)], fill=colours.metal)
    with brush.moved(213, 104, turn=tilt):
        brush.line([(-136, 0), (136, 0)], colours.metal, 8)
    for side, name, colour in (
        (-1, "“I meant a joke”", colours.dark_metal),
        (1, "“I did not want it”", _ROSE),
    ):
        y = 104 + side * math.sin(math.radians(tilt)) * 136
        x = 213 + side * 130
        brush.line([(x, y), (x - 46, y + 74), (x + 46, y + 74), (x, y)], colours.metal, 3)
        brush.box(x - 76, y + 74, 152, 58, fill=colour, radius=12)
        brush.centred(name, x - 72, y + 74, 144, 58, 15, "#FFFFFF")


def _committee(brush: Brush, share: float) -> None:
    colours = brush.palette
    seats = (
        ("Presiding officer: a senior woman", 106, _ROSE, True),
        ("Two or more employees", 213, _TEAL, False),
        ("One external member", 320, _SAND, True),
    )
    for place, (name, x, cloth, hair) in enumerate(seats):
        with brush.faded(between(share, 0.1 + place * 0.2, 0.25 + place * 0.2)):
            person(brush, x, 178, 104, cloth, hair)
            brush.centred(name, x - 54, 222, 108, 76, 14.5)
    brush.box(36, 178, 354, 20, fill="#8A5A2E", radius=6)
    brush.centred("At least half are women", 36, 296, 354, 34, 17, colours.accent)


def _timeline(brush: Brush, x: float, y: float, width: float, share: float, size: float) -> None:
    colours = brush.palette
    stops = (
        ("3 months", "to complain"),
        ("90 days", "inquiry"),
        ("10 days", "report"),
        ("60 days", "employer acts"),
    )
    brush.line([(x, y), (x + width, y)], colours.edge, 6)
    brush.line([(x, y), (x + width * min(1.0, share * 1.15), y)], colours.accent, 6)
    for place, (time, what) in enumerate(stops):
        at = x + width * (place + 0.5) / len(stops)
        reached = share > 0.1 + place * 0.22
        brush.disc(at, y, size, fill=colours.accent if reached else colours.edge)
        brush.centred(time, at - 62, y - size - 46, 124, 36, size * 1.25)
        brush.centred(what, at - 56, y + size + 6, 112, 46, size * 1.0, colours.quiet, bold=False)


def _times(brush: Brush, share: float) -> None:
    _timeline(brush, 8, 160, 410, share, 15)


def _private(brush: Brush, share: float) -> None:
    sheet(brush, 126, 40, 176, 224)
    for line in range(6):
        brush.line([(146, 74 + line * 28), (280, 74 + line * 28)], "#C4CCDD", 6)
    padlock(brush, 300, 220, 110, between(share, 0.25, 0.45), brush.palette.accent)


_SCENES = (
    Scene("", "", "Respect is a rule here. The law says so, and so do we.",
          {"en": "Respect is a rule here. The law says so, and so do we.", "hi": "सम्मान यहाँ का नियम है। यह कानून भी है और हमारा वादा भी।"}, _opening),
    Scene("What counts", "क्या उत्पीड़न है", "Unwelcome touch, asking for favours, sexual remarks, pictures or messages, and gestures.",
          {"en": "Unwelcome touch, asking for favours, sexual remarks, pictures or messages, gestures.",
           "hi": "अनचाहा छूना, यौन माँग, अश्लील बातें, तस्वीरें या संदेश, इशारे।"}, _unwelcome, 1),
    Scene("Unwelcome is the test", "कसौटी: अनचाहा", "The test is whether it was unwelcome. I was joking is not an answer.",
          {"en": "The test is whether it was unwelcome. “I was joking” is not an answer.",
           "hi": "कसौटी यह है कि व्यवहार अनचाहा था या नहीं। “मज़ाक था” जवाब नहीं है।"}, _effect, 2),
    Scene("Internal Committee", "आंतरिक समिति", "A workplace with ten or more workers has an Internal Committee. Complain to it in writing. It will help you write.",
          {"en": "A workplace with ten or more workers has an Internal Committee. Complain to it in writing; it will help you write.",
           "hi": "दस या ज़्यादा कर्मचारियों वाली हर जगह आंतरिक समिति होती है। लिखित शिकायत करें; लिखने में समिति मदद करेगी।"}, _committee, 3),
    Scene("The law sets times", "कानून में समय तय है", "Complain within three months. The inquiry takes ninety days at most.",
          {"en": "Complain within three months. The inquiry takes ninety days at most.",
           "hi": "तीन महीने के भीतर शिकायत करें। जाँच नब्बे दिन में पूरी होनी चाहिए।"}, _times, 4),
    Scene("It stays private", "बात गोपनीय रहती है", "Names and details stay private. Do not gossip, and do not punish anyone for speaking.",
          {"en": "Names and details stay private. Do not gossip. Do not punish anyone for speaking.",
           "hi": "नाम और बातें गोपनीय रहती हैं। चर्चा न करें। बोलने वाले को परेशान न करें।"}, _private, 5),
)  # fmt: skip


def _route(brush: Brush) -> None:
    colours = brush.palette
    brush.words("From complaint to action: the times in the Act", 30, 20, 900, 27, bold=True)
    steps = (
        ("Incident", "", "Keep notes, messages, names of witnesses."),
        (
            "Written complaint",
            "within 3 months",
            "The committee may add up to 3 more months, with reasons. s.9",
        ),
        ("Conciliation", "only if she asks", "Never for money. s.10"),
        ("Inquiry", "within 90 days", "Both are heard. s.11"),
        ("Report", "within 10 days", "To the employer and to both sides. s.13"),
        ("Action", "within 60 days", "The employer acts on the report. s.13"),
        ("Appeal", "within 90 days", "By either side. s.18"),
    )
    for place, (name, time, note) in enumerate(steps):
        x = 30 + (place % 4) * 236
        y = 84 + (place // 4) * 220
        brush.box(x, y, 206, 186, fill=colours.card, edge=colours.edge, line=1.5, radius=12)
        brush.words(name, x + 16, y + 16, 180, 19, bold=True)
        brush.words(time, x + 16, y + 46, 180, 20, colours.calm, bold=True)
        brush.words(note, x + 16, y + 84, 178, 15, colours.quiet)
        if place not in (3, 6):
            brush.arrow((x + 208, y + 93), (x + 232, y + 93), colours.accent, 5)
    brush.words(
        "Sexual Harassment of Women at Workplace (Prevention, Prohibition and Redressal) Act, 2013.",
        30,
        520,
        900,
        14,
        colours.quiet,
    )


_HINDI = {
    "From complaint to action: the times in the Act": "शिकायत से कार्रवाई तक: कानून में तय समय",
    "Incident": "घटना",
    "Keep notes, messages, names of witnesses.": "लिखी बातें, संदेश और गवाहों के नाम सँभालकर रखें।",
    "Written complaint": "लिखित शिकायत",
    "within 3 months": "3 महीने के भीतर",
    "The committee may add up to 3 more months, with reasons. s.9": "समिति कारण लिखकर 3 महीने तक और दे सकती है। धारा 9",
    "Conciliation": "सुलह",
    "only if she asks": "केवल उनके कहने पर",
    "Never for money. s.10": "पैसे लेकर कभी नहीं। धारा 10",
    "Inquiry": "जाँच",
    "within 90 days": "90 दिन के भीतर",
    "Both are heard. s.11": "दोनों पक्षों को सुना जाता है। धारा 11",
    "Report": "रिपोर्ट",
    "within 10 days": "10 दिन के भीतर",
    "To the employer and to both sides. s.13": "नियोक्ता और दोनों पक्षों को। धारा 13",
    "Action": "कार्रवाई",
    "within 60 days": "60 दिन के भीतर",
    "The employer acts on the report. s.13": "नियोक्ता रिपोर्ट पर कार्रवाई करता है। धारा 13",
    "Appeal": "अपील",
    "By either side. s.18": "कोई भी पक्ष कर सकता है। धारा 18",
    "Sexual Harassment of Women at Workplace (Prevention, Prohibition and Redressal) Act, 2013.":
        "कार्यस्थल पर महिलाओं का यौन उत्पीड़न (रोकथाम, निषेध और निवारण) अधिनियम, 2013।",
    "Steps and time limits of a complaint under the POSH Act, 2013.": "POSH अधिनियम, 2013 में शिकायत के चरण और समय सीमाएँ।",
}  # fmt: skip

COURSE = Course(
    "posh",
    films=(Film("02-respect-is-a-rule-here.webm", _SCENES),),
    pictures=(
        Picture("05-from-complaint-to-action.svg", 976, 550, _route, "Steps and time limits of a complaint under the POSH Act, 2013.", _HINDI),
    ),
)  # fmt: skip

"""Chemical handling: what to do at a spill, and how to read a label."""

import math

from tools.demo_media.brush import Brush
from tools.demo_media.parts import flame, person, sheet, tick, title_card
from tools.demo_media.story import WIDTH, Course, Film, Picture, Scene, Talk, between, each_other

_LIQUID = "#4FB4D8"


def _drum(brush: Brush, x: float, y: float, fallen: float = 0.0) -> None:
    with brush.moved(x, y, turn=-80 * fallen):
        brush.box(-38, -116, 76, 116, fill="#2F6FB0", radius=8)
        for band in (-84, -44):
            brush.box(-41, band, 82, 7, fill="#1F4E80", radius=3)
        brush.shape(
            [(0, -38), (20, -18), (0, 2), (-20, -18)], fill="#FFFFFF", edge="#C62838", line=3
        )


def _puddle(brush: Brush, x: float, y: float, size: float) -> None:
    if size > 0:
        brush.disc(x, y, 110 * size, fill=_LIQUID, flat=0.26)
        brush.disc(x - 22 * size, y - 6 * size, 30 * size, fill="#8AD3EC", flat=0.24)


def _floor(brush: Brush) -> None:
    brush.line([(14, 264), (412, 264)], brush.palette.edge, 4)


def _opening(brush: Brush, share: float) -> None:
    _drum(brush, WIDTH / 2 + 40, 190, between(share, 0.2, 0.45))
    _puddle(brush, WIDTH / 2 - 110, 192, between(share, 0.4, 0.9))
    title_card(brush, "Spill! What now?", "रसायन गिरा! अब क्या?", share)


def _warn(brush: Brush, share: float) -> None:
    colours = brush.palette
    _floor(brush)
    _drum(brush, 330, 262, 1)
    _puddle(brush, 190, 276, 0.8)
    person(brush, 76, 262, 120, colours.accent)
    for ring in range(3):
        with brush.faded((math.sin((share * 5 - ring * 0.22) * math.tau) + 1) / 2):
            brush.arc(104, 170, 26 + ring * 17, -34, 68, colours.bad, 6)


def _stop_source(brush: Brush, share: float) -> None:
    colours = brush.palette
    _floor(brush)
    _drum(brush, 330, 262, 1 - between(share, 0.15, 0.5))
    _puddle(brush, 190, 276, 0.8)
    out = between(share, 0.55, 0.75)
    with brush.faded(1 - out):
        flame(brush, 76, 150, 80, share * 5)
    brush.disc(76, 116, 54, edge=colours.bad, line=9)
    brush.line([(38, 78), (114, 154)], colours.bad, 9)
    brush.centred("No flame, no spark", 8, 182, 140, 40, 15, colours.quiet)


def _wear(brush: Brush, share: float) -> None:
    colours = brush.palette
    items = (("Goggles", 0.1), ("Gloves", 0.3), ("Apron", 0.5), ("Boots", 0.7))
    with brush.moved(120, 300):
        person(brush, 0, 0, 240, colours.calm)
    if share > items[0][1]:
        brush.box(78, 126, 38, 28, fill="#DDF3FF", edge="#141926", line=4, radius=9)
        brush.box(124, 126, 38, 28, fill="#DDF3FF", edge="#141926", line=4, radius=9)
    if share > items[2][1]:
        brush.box(76, 226, 88, 74, fill="#F2C14E", radius=10)
    for place, (name, when) in enumerate(items):
        y = 30 + place * 74
        brush.box(248, y, 158, 60, fill=colours.paper, edge=colours.edge, line=1.5, radius=10)
        brush.words(name, 296, y + 15, 106, 20, bold=True)
        if share > when:
            tick(brush, 272, y + 30, 34 * between(share, when, when + 0.1), colours.good)


def _contain(brush: Brush, share: float) -> None:
    _floor(brush)
    _drum(brush, 340, 262, 0)
    _puddle(brush, 170, 250, 0.9)
    brush.shape([(380, 296), (412, 296), (408, 326), (384, 326)], fill=brush.palette.dark_metal)
    brush.centred("drain", 356, 270, 80, 24, 14, brush.palette.quiet)
    reach = between(share, 0.1, 0.75)
    for piece in range(round(36 * reach)):
        angle = math.tau * piece / 36
        brush.disc(
            170 + 130 * math.cos(angle),
            250 + 44 * math.sin(angle),
            13,
            fill="#E9D9B0",
            edge="#A8925A",
            line=2,
        )


def _absorb(brush: Brush, share: float) -> None:
    colours = brush.palette
    _floor(brush)
    soaked = between(share, 0.1, 0.55)
    _puddle(brush, 140, 262, 0.8 * (1 - soaked) + 0.001)
    with brush.faded(1 - between(share, 0.55, 0.8)):
        for grain in range(46):
            angle, far = grain * 2.4, (grain / 46) ** 0.5
            if grain / 46 < soaked:
                brush.disc(
                    140 + 96 * far * math.cos(angle),
                    262 + 26 * far * math.sin(angle),
                    8,
                    fill="#D9C48C",
                    edge="#A8925A",
                    line=1,
                )
    brush.box(284, 120, 104, 160, fill="#F2C14E", edge=colours.paper, line=3, radius=12)
    brush.line([(300, 120), (336, 92), (372, 120)], "#F2C14E", 12)
    if share > 0.7:
        sheet(brush, 296, 160, 80, 76)
        brush.centred("WASTE\nsolvent\n23 Nov", 296, 160, 80, 76, 14, "#141926")


def _report(brush: Brush, share: float) -> None:
    sheet(brush, 100, 22, 226, 296)
    brush.words("Spill report", 120, 38, 190, 24, "#141926", bold=True)
    for place, name in enumerate(("What", "How much", "Where", "When", "Who, and why")):
        y = 88 + place * 44
        brush.words(name, 120, y, 150, 18, "#465066")
        if share > place * 0.16 + 0.08:
            tick(brush, 296, y + 12, 30, "#0F7A4B")
    brush.words("kit refilled", 120, 296 - 6, 180, 14, "#465066")


_SCENES = (
    Scene("", "", "A chemical has spilled. What now?",
          {"en": "A chemical has spilled. What now?", "hi": "रसायन गिर गया है। अब क्या करें?"}, _opening),
    Scene("Warn", "सबको चेताएँ", "Warn the people near you, move them upwind, and call the spill team.",
          {"en": "Warn the people near you, move them upwind, and call the spill team.",
           "hi": "पास के लोगों को चेताएँ, जिधर से हवा आती हो उधर हटाएँ, स्पिल टीम को बुलाएँ।"}, _warn, 1),
    Scene("Stop the source", "रिसाव रोकें", "If it is safe, stop the leak, and remove flames and sparks.",
          {"en": "If it is safe, stop the leak. Remove flames and sparks.",
           "hi": "सुरक्षित हो तो रिसाव रोकें। आग और चिंगारी के स्रोत हटाएँ।"}, _stop_source, 2),
    Scene("Wear protection", "सुरक्षा सामान पहनें", "Wear what the safety data sheet says. Never go in without it.",
          {"en": "Wear what the safety data sheet says. Never go in without it.",
           "hi": "SDS में जो लिखा है वही पहनें। उसके बिना कभी पास न जाएँ।"}, _wear, 3),
    Scene("Contain", "फैलने से रोकें", "Lay the absorbent sock around it. Protect the drain first.",
          {"en": "Lay the absorbent sock around it. Protect the drain first.",
           "hi": "चारों ओर सोखने वाला घेरा लगाएँ। सबसे पहले नाली बचाएँ।"}, _contain, 4),
    Scene("Absorb and bag", "सोखें और थैले में भरें", "Absorb it, from the edge to the middle. Bag it, and label the bag.",
          {"en": "Absorb it from the edge to the middle. Bag it, and label the bag.",
           "hi": "किनारे से बीच की ओर सोखें। थैले में भरें और लेबल लगाएँ।"}, _absorb, 5),
    Scene("Report", "रिपोर्ट करें", "Report it, and refill the kit. The next spill will not wait.",
          {"en": "Report it, and refill the kit. The next spill will not wait.",
           "hi": "रिपोर्ट करें और किट फिर भरें। अगला रिसाव इंतज़ार नहीं करेगा।"}, _report, 6),
)  # fmt: skip

_PARTS = (
    ("1", "Product name", "same as on the SDS"),
    ("2", "Pictograms", "the kind of danger at a glance"),
    ("3", "Signal word", "DANGER is worse than WARNING"),
    ("4", "Hazard statements", "what it can do to you"),
    ("5", "Precautions", "what you must do"),
    ("6", "Supplier", "who to call, and the phone"),
)


_HAZARDS = "Highly flammable liquid and vapour. Causes serious eye irritation. May cause drowsiness or dizziness."
_PRECAUTIONS = (
    "Keep away from heat, sparks and flame. Wear goggles and gloves. Use with good ventilation."
)
_SUPPLIER = "Name and address of the supplier · 24 h phone"
_MARKS = (
    ("1", 476, 94),
    ("2", 170, 250),
    ("3", 476, 202),
    ("4", 476, 290),
    ("5", 476, 352),
    ("6", 476, 416),
)


def _diamond(brush: Brush, x: float, y: float, sign: str) -> None:
    brush.shape(
        [(x, y - 52), (x + 52, y), (x, y + 52), (x - 52, y)], fill="#FFFFFF", edge="#C62838", line=6
    )
    if sign == "flame":
        with brush.moved(x, y + 24, 0.42):
            brush.curve((0, 0), [((-62, -4), (-50, -58), (-22, -76)), ((-20, -60), (-8, -66), (-6, -118)),
                                 ((28, -96), (20, -66), (26, -58)), ((34, -66), (34, -74), (34, -86)),
                                 ((64, -40), (52, -2), (0, 0))], fill="#141926")  # fmt: skip
        brush.line([(x - 20, y + 28), (x + 20, y + 28)], "#141926", 4)
    else:
        brush.shape(
            [(x - 7, y - 28), (x + 7, y - 28), (x + 4, y + 8), (x - 4, y + 8)], fill="#141926"
        )
        brush.disc(x, y + 20, 6, fill="#141926")


def _label(brush: Brush) -> None:
    colours = brush.palette
    brush.words("How to read a label (GHS)", 30, 20, 800, 27, bold=True)
    sheet(brush, 30, 72, 470, 392)
    brush.words("ISOPROPYL ALCOHOL 99 %", 56, 90, 420, 25, "#141926", bold=True)
    brush.words("CAS 67-63-0", 56, 124, 300, 15, "#465066")
    _diamond(brush, 116, 212, "flame")
    _diamond(brush, 236, 212, "exclaim")
    brush.words("DANGER", 320, 194, 170, 32, "#C62838", bold=True)
    brush.words(
        _HAZARDS,
        56,
        282,
        404,
        16,
        "#141926",
    )
    brush.words(
        _PRECAUTIONS,
        56,
        346,
        404,
        16,
        "#141926",
    )
    brush.words(_SUPPLIER, 56, 418, 424, 15, "#465066")
    for place, (number, name, why) in enumerate(_PARTS):
        y = 76 + place * 66
        brush.disc(548, y + 24, 18, fill=colours.calm)
        brush.centred(number, 530, y + 6, 36, 36, 18, colours.paper)
        brush.words(name, 580, y + 2, 330, 18, bold=True)
        brush.words(why, 580, y + 27, 330, 15, colours.quiet)
    for number, x, y in _MARKS:
        brush.disc(x, y + 12, 13, fill=colours.calm)
        brush.centred(number, x - 13, y - 1, 26, 26, 14, colours.paper)


def _kit(brush: Brush) -> None:
    colours = brush.palette
    for place, scene in enumerate(scene for scene in _SCENES if scene.number):
        x, y = 20 + (place % 3) * 300, 20 + (place // 3) * 300
        brush.box(x, y, 288, 288, fill=colours.card, edge=colours.edge, line=1.5, radius=14)
        with brush.moved(x + 8, y + 6, 0.63):
            scene.draw(brush, 0.82 if scene.number != 5 else 0.71)
        brush.disc(x + 28, y + 252, 17, fill=colours.calm)
        brush.centred(str(scene.number), x + 11, y + 235, 34, 34, 19, colours.paper)
        brush.words(scene.title, x + 54, y + 228, 230, 18, bold=True)
        brush.words(scene.title_hi, x + 54, y + 254, 230, 16, colours.quiet)


_LABEL_IN_HINDI = {
    "How to read a label (GHS)": "लेबल कैसे पढ़ें (GHS)",
    "ISOPROPYL ALCOHOL 99 %": "आइसोप्रोपिल अल्कोहल 99 %",
    "CAS 67-63-0": "CAS 67-63-0",
    "DANGER": "खतरा",
    _HAZARDS: "बहुत ज्वलनशील तरल और वाष्प। आँखों में तेज़ जलन करता है। उनींदापन या चक्कर ला सकता है।",
    _PRECAUTIONS: "गर्मी, चिंगारी और लौ से दूर रखें। गॉगल्स और दस्ताने पहनें। अच्छी हवा में इस्तेमाल करें।",
    _SUPPLIER: "सप्लायर का नाम और पता · 24 घंटे फ़ोन",
    "Product name": "उत्पाद का नाम",
    "same as on the SDS": "वही जो SDS पर है",
    "Pictograms": "चित्र-चिह्न",
    "the kind of danger at a glance": "एक नज़र में खतरे का प्रकार",
    "Signal word": "चेतावनी शब्द",
    "DANGER is worse than WARNING": "“खतरा”, “चेतावनी” से ज़्यादा गंभीर है",
    "Hazard statements": "खतरे के वाक्य",
    "what it can do to you": "यह आपको क्या कर सकता है",
    "Precautions": "सावधानियाँ",
    "what you must do": "आपको क्या करना है",
    "Supplier": "सप्लायर",
    "who to call, and the phone": "किसे फ़ोन करें, और नंबर",
    "A GHS label for isopropyl alcohol with its six parts numbered.": "आइसोप्रोपिल अल्कोहल का GHS लेबल, छह भागों पर नंबर।",
}  # fmt: skip
_KIT_IN_HINDI = {
    **each_other(_SCENES),
    "No flame, no spark": "न लौ, न चिंगारी",
    "Goggles": "गॉगल्स",
    "Gloves": "दस्ताने",
    "Apron": "एप्रन",
    "Boots": "बूट",
    "drain": "नाली",
    "WASTE\nsolvent\n23 Nov": "कचरा\nसॉल्वेंट\n23 नवं",
    "Spill report": "रिसाव रिपोर्ट",
    "What": "क्या",
    "How much": "कितना",
    "Where": "कहाँ",
    "When": "कब",
    "Who, and why": "कौन, और क्यों",
    "kit refilled": "किट फिर भरी",
    "Spill: warn, stop the source, wear protection, contain, absorb and bag, report.":
        "रिसाव: चेताएँ, स्रोत बंद करें, सुरक्षा पहनें, घेरें, सोखकर थैले में भरें, रिपोर्ट करें।",
}  # fmt: skip

_TALK = (
    {"en": "Toolbox talk. Washing hands, and other small things.", "hi": "टूलबॉक्स टॉक: हाथ धोना और दूसरी छोटी बातें।"},
    {"en": "Most people hurt by chemicals were not in a big accident.", "hi": "रसायन से चोट अक्सर किसी बड़ी दुर्घटना में नहीं लगती।"},
    {"en": "They rubbed an eye with a glove. They ate a snack at the bench. They used a bottle without a label.",
     "hi": "किसी ने दस्ताने से आँख मली। किसी ने बेंच पर नाश्ता किया। किसी ने बिना लेबल की बोतल इस्तेमाल की।"},
    {"en": "So, five small habits. One. Read the label before you open it.", "hi": "इसलिए पाँच छोटी आदतें। एक: खोलने से पहले लेबल पढ़ें।"},
    {"en": "Two. Never pour a chemical into a drinking bottle. Not even for one minute.", "hi": "दो: पीने की बोतल में रसायन कभी न डालें। एक मिनट के लिए भी नहीं।"},
    {"en": "Three. Add acid to water, slowly. Never water to acid.", "hi": "तीन: पानी में तेज़ाब धीरे-धीरे डालें। तेज़ाब में पानी कभी नहीं।"},
    {"en": "Four. Take gloves off before you touch a door, a phone, or your face.", "hi": "चार: दरवाज़ा, फ़ोन या चेहरा छूने से पहले दस्ताने उतारें।"},
    {"en": "Five. Know your nearest eye wash. If it splashes, rinse for fifteen minutes, and call for help.",
     "hi": "पाँच: सबसे पास का आई-वॉश कहाँ है, याद रखें। छींटा पड़े तो पंद्रह मिनट धोएँ और मदद बुलाएँ।"},
    {"en": "Question for the team. Where is our nearest eye wash, and when was it last tested?", "hi": "टीम से सवाल: हमारा सबसे पास का आई-वॉश कहाँ है, और पिछली बार कब जाँचा गया?"},
)  # fmt: skip

COURSE = Course(
    "ppe-chemical",
    films=(Film("04-spill-six-steps.webm", _SCENES),),
    pictures=(
        Picture("02-how-to-read-a-label.svg", 930, 490, _label, "A GHS label for isopropyl alcohol with its six parts numbered.",
                _LABEL_IN_HINDI),
        Picture("pictures/spill-steps.png", 928, 616, _kit, "Spill: warn, stop the source, wear protection, contain, absorb and bag, report.",
                _KIT_IN_HINDI),
    ),
    talks=(Talk("06-toolbox-talk-small-habits.mp3", _TALK),),
)  # fmt: skip

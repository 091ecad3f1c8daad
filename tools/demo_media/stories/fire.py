"""Fire extinguisher use: PASS, and which extinguisher for which fire."""

from tools.demo_media.brush import Brush
from tools.demo_media.parts import cross, flame, person, tick, title_card
from tools.demo_media.story import WIDTH, Course, Film, Picture, Scene, between, each_other

_RED = "#D3293D"


def extinguisher(brush: Brush, pin: float, squeezed: float, hose_turn: float = 0.0) -> None:
    """Draw an extinguisher about the origin; `pin` 0 in to 1 out, `squeezed` 0 to 1."""
    colours = brush.palette
    brush.box(-38, -60, 76, 178, fill=_RED, radius=26)
    brush.box(-30, -10, 60, 62, fill="#FFFFFF", radius=5)
    brush.centred("ABC\nपाउडर", -30, -10, 60, 62, 17, "#141926")
    brush.box(-14, -80, 28, 24, fill=colours.dark_metal)
    brush.line([(-4, -82), (62, -82)], colours.metal, 9)
    with brush.moved(-4, -92, turn=12 * squeezed):
        brush.line([(0, -4), (66, -22)], colours.metal, 9)
    if pin < 0.98:
        with brush.moved(12, -92 - 2 * pin), brush.faded(1 - pin * 0.3):
            brush.line([(-60 * pin, 0), (26 - 60 * pin, 0)], colours.accent, 5)
            brush.disc(-12 - 60 * pin, 0, 11, edge=colours.accent, line=4)
    with brush.moved(-14, -70, turn=hose_turn):
        brush.curve((0, 0), [((-50, -14), (-70, 20), (-62, 74))], edge=colours.dark_metal, line=10)
        brush.shape([(-70, 70), (-54, 70), (-48, 112), (-76, 112)], fill=colours.dark_metal)


def _nozzle_scene(
    brush: Brush, share: float, low: float, jet: float, sweep: float, fire: float
) -> None:
    """Draw extinguisher right, fire left; `low` 0 aims at the flames, 1 at their base."""
    colours = brush.palette
    brush.line([(16, 306), (410, 306)], colours.edge, 4)
    brush.box(36, 276, 110, 30, fill="#6B4A2E", radius=4)
    for place, height in ((62, 150), (92, 190), (122, 140)):
        flame(brush, place, 280, height * fire * 0.9, share * 6 + place / 31)
    with brush.moved(338, 176):
        extinguisher(brush, 1, 1 if jet else 0, 0)
    tip = (258, 218)
    brush.line([(276, 190), tip], colours.metal, 12)
    target = (92 + sweep * 46, 268 - 110 * (1 - low))
    if jet:
        with brush.faded(0.85):
            brush.shape([(tip[0], tip[1] - 4), (target[0] - 8, target[1] - 30), (target[0] - 8, target[1] + 26), (tip[0], tip[1] + 6)],
                        fill="#E8ECF7")  # fmt: skip
            for puff in range(4):
                brush.disc(
                    target[0] + puff * 13 - 26, target[1] + (puff % 2) * 12, 20, fill="#E8ECF7"
                )
    else:
        steps = 9
        for dot in range(steps):
            part = dot / steps
            brush.disc(
                tip[0] + (target[0] + 30 - tip[0]) * part,
                tip[1] + (target[1] - tip[1]) * part,
                3,
                fill=colours.accent,
            )
        brush.disc(target[0] + 20, target[1], 16, edge=colours.accent, line=4)


def _opening(brush: Brush, share: float) -> None:
    flame(brush, WIDTH / 2, 216, 150, share * 4)
    title_card(brush, "Four letters: P A S S", "चार अक्षर: P A S S", share)


def _first(brush: Brush, share: float) -> None:
    colours = brush.palette
    rows = (
        ("Alarm raised", "अलार्म बजाया"),
        ("Exit behind me", "निकास मेरे पीछे"),
        ("Fire is small", "आग छोटी है"),
        ("Right type", "सही प्रकार"),
    )
    for place, (name, name_hi) in enumerate(rows):
        y = 22 + place * 77
        shown = between(share, 0.06 + place * 0.2, 0.16 + place * 0.2)
        brush.box(24, y, 378, 66, fill=colours.paper, edge=colours.edge, line=1.5, radius=12)
        brush.disc(62, y + 33, 20, edge=colours.edge, line=3)
        if shown > 0.02:
            tick(brush, 62, y + 33, 42 * shown, colours.good)
        brush.words(name, 100, y + 7, 290, 21, bold=True)
        brush.words(name_hi, 100, y + 35, 290, 17, colours.quiet)


def _pull(brush: Brush, share: float) -> None:
    with brush.moved(240, 178, 1.3):
        extinguisher(brush, between(share, 0.3, 0.6), 0)


def _aim(brush: Brush, share: float) -> None:
    low = between(share, 0.3, 0.6)
    _nozzle_scene(brush, share, low, 0, 0, 1)
    if low < 0.3:
        cross(brush, 200, 70, 50, brush.palette.bad)
    elif low > 0.9:
        tick(brush, 200, 70, 60, brush.palette.good)


def _squeeze(brush: Brush, share: float) -> None:
    jet = 1 if share > 0.3 else 0
    _nozzle_scene(brush, share, 1, jet, 0, 1 - 0.25 * between(share, 0.3, 1))


def _sweep(brush: Brush, share: float) -> None:
    swing = (
        between(share, 0, 0.2)
        - 2 * between(share, 0.2, 0.4)
        + 2 * between(share, 0.4, 0.6)
        - between(share, 0.6, 0.75)
    )
    _nozzle_scene(
        brush, share, 1, 1 if share < 0.86 else 0, swing, 0.75 * (1 - between(share, 0.1, 0.8))
    )


def _leave(brush: Brush, share: float) -> None:
    colours = brush.palette
    brush.box(250, 50, 130, 240, fill=colours.good, radius=6)
    brush.box(262, 62, 106, 228, fill=colours.paper)
    brush.centred("EXIT", 250, 18, 130, 32, 22, colours.good)
    brush.line([(16, 290), (410, 290)], colours.edge, 4)
    person(brush, 130 + 186 * between(share, 0.15, 0.9), 290, 150, colours.accent)
    brush.arrow((60, 150), (60 + 150 * between(share, 0.1, 0.5) + 20, 150), colours.good, 8)


_SCENES = (
    Scene("", "", "Four letters to remember. P. A. S. S.",
          {"en": "Four letters to remember: P, A, S, S.", "hi": "चार अक्षर याद रखें: P, A, S, S।",
           "ta": "நான்கு எழுத்துகளை நினைவில் வையுங்கள்: P, A, S, S."}, _opening),
    Scene("First, four checks", "पहले चार जाँच", "Before you touch it. Alarm raised? Exit behind you? Fire small? Right type? If one answer is no, leave.",
          {"en": "First: alarm raised, exit behind you, fire small, right type? If one answer is no, leave.",
           "hi": "पहले देखें: अलार्म बजा? निकास पीछे है? आग छोटी है? सही प्रकार है? एक भी जवाब ना हो तो बाहर निकलें।",
           "ta": "முதலில்: அலாரம் அடித்தாயிற்றா? வெளியேறும் வழி உங்கள் பின்னால் உள்ளதா? தீ சிறியதா? சரியான வகையா? ஒன்று இல்லையென்றாலும் வெளியேறுங்கள்."}, _first, 1),
    Scene("Pull the pin", "पिन खींचें", "P. Pull the pin. This breaks the seal.",
          {"en": "P: pull the pin. This breaks the seal.", "hi": "P: पिन खींचें। इससे सील टूटती है।",
           "ta": "P: ஊசியை (பின்) இழுங்கள். இதனால் முத்திரை உடையும்."}, _pull, 2),
    Scene("Aim at the base", "आग की जड़ पर निशाना", "A. Aim low, at the base of the fire. Not at the flames.",
          {"en": "A: aim low, at the base of the fire, not at the flames.", "hi": "A: निशाना नीचे, आग की जड़ पर; लपटों पर नहीं।",
           "ta": "A: தீயின் அடிப்பகுதியைக் குறிவையுங்கள்; சுவாலையை அல்ல."}, _aim, 3),
    Scene("Squeeze the handle", "हैंडल दबाएँ", "S. Squeeze the handle, slowly and evenly.",
          {"en": "S: squeeze the handle, slowly and evenly.", "hi": "S: हैंडल को धीरे-धीरे, बराबर दबाएँ।",
           "ta": "S: கைப்பிடியை மெதுவாக, சீராக அழுத்துங்கள்."}, _squeeze, 4),
    Scene("Sweep side to side", "दाएँ-बाएँ घुमाएँ", "S. Sweep from side to side, until the fire is out. Watch it. It can light again.",
          {"en": "S: sweep from side to side until it is out. Watch it: it can light again.",
           "hi": "S: आग बुझने तक दाएँ-बाएँ घुमाएँ। नज़र रखें: आग फिर भड़क सकती है।",
           "ta": "S: தீ அணையும் வரை பக்கத்திற்குப் பக்கம் வீசுங்கள். கவனியுங்கள்: மீண்டும் பற்றலாம்."}, _sweep, 5),
    Scene("Not out? Get out.", "न बुझे तो बाहर निकलें", "If one extinguisher does not put it out, get out, close the door, and go to the assembly point.",
          {"en": "Not out with one extinguisher? Get out, close the door, go to the assembly point.",
           "hi": "एक एक्सटिंग्विशर से न बुझे? बाहर निकलें, दरवाज़ा बंद करें, असेंबली पॉइंट पर जाएँ।",
           "ta": "ஒரு தீயணைப்பானால் அணையவில்லையா? வெளியேறி, கதவை மூடி, கூடும் இடத்திற்குச் செல்லுங்கள்."}, _leave, 6),
)  # fmt: skip

_NOTE = "A general guide: read the label on the extinguisher. Gas fire: shut the gas first. Electrical: cut the power first."
_KINDS = ("Water", "Foam", "ABC powder", "CO₂", "Wet chemical", "D powder")
_CLASSES = (
    ("A", "Solids: paper, wood, cloth", "y y y n y n"),
    ("B", "Liquids: thinner, diesel, oil", "n y y y n n"),
    ("C", "Gases: LPG, natural gas", "n n y n n n"),
    ("D", "Metals: magnesium, aluminium dust", "n n n n n y"),
    ("F", "Cooking oil and fat", "n n n n y n"),
    ("⚡", "Live electrical equipment", "n n y y n n"),
)


def _table(brush: Brush) -> None:
    colours = brush.palette
    brush.words("Which extinguisher for which fire?", 30, 20, 700, 28, bold=True)
    for column, kind in enumerate(_KINDS):
        brush.centred(kind, 378 + column * 96, 66, 92, 46, 15)
    for row, (letter, what, marks) in enumerate(_CLASSES):
        y = 116 + row * 66
        brush.box(30, y, 924, 60, fill=colours.card, radius=10)
        brush.box(40, y + 8, 44, 44, fill=_RED, radius=8)
        brush.centred(letter, 40, y + 8, 44, 44, 25, "#FFFFFF")
        brush.words(what, 100, y + 19, 276, 16)
        for column, mark in enumerate(marks.split()):
            x = 424 + column * 96
            if mark == "y":
                tick(brush, x, y + 30, 34, colours.good)
            else:
                cross(brush, x, y + 30, 20, colours.edge)
    brush.words(_NOTE, 30, 520, 924, 15, colours.quiet)


def _pass_strip(brush: Brush) -> None:
    colours = brush.palette
    for place, scene in enumerate(_SCENES[2:6]):
        x = 20 + place * 250
        brush.box(x, 20, 240, 262, fill=colours.card, edge=colours.edge, line=1.5, radius=14)
        with brush.moved(x + 8, 28, 0.52):
            scene.draw(brush, 0.62 if place < 3 else 0.3)
        brush.words("PASS"[place], x + 14, 206, 30, 44, _RED, bold=True)
        brush.words(scene.title, x + 54, 212, 184, 17, bold=True)
        brush.words(scene.title_hi, x + 54, 238, 184, 15, colours.quiet)


_TABLE_IN_HINDI = {
    "Which extinguisher for which fire?": "किस आग पर कौन-सा एक्सटिंग्विशर?",
    "Water": "पानी",
    "Foam": "फ़ोम",
    "ABC powder": "ABC पाउडर",
    "CO₂": "CO₂",
    "Wet chemical": "वेट केमिकल",
    "D powder": "D पाउडर",
    **{letter: letter for letter in "ABCDF"},
    "Solids: paper, wood, cloth": "ठोस: कागज़, लकड़ी, कपड़ा",
    "Liquids: thinner, diesel, oil": "तरल: थिनर, डीज़ल, तेल",
    "Gases: LPG, natural gas": "गैस: LPG, प्राकृतिक गैस",
    "Metals: magnesium, aluminium dust": "धातु: मैग्नीशियम, एल्युमिनियम धूल",
    "Cooking oil and fat": "खाने का तेल और घी",
    "Live electrical equipment": "चालू बिजली के उपकरण",
    _NOTE: "यह सामान्य जानकारी है: एक्सटिंग्विशर का लेबल पढ़ें। गैस की आग: पहले गैस बंद करें। बिजली की आग: पहले बिजली काटें।",
    "Table of fire classes A, B, C, D, F and live electrical equipment against six types of extinguisher.":
        "आग के वर्ग A, B, C, D, F और चालू बिजली के उपकरण के सामने छह तरह के एक्सटिंग्विशर की तालिका।",
}  # fmt: skip
_STRIP_IN_HINDI = {
    "ABC\nपाउडर": "ABC\nपाउडर",
    **each_other(_SCENES),
    **{letter: letter for letter in "PAS"},
    "PASS: pull the pin, aim at the base, squeeze, sweep side to side.":
        "PASS: पिन खींचें, आग की जड़ पर निशाना लगाएँ, दबाएँ, दाएँ-बाएँ घुमाएँ।",
}  # fmt: skip

COURSE = Course(
    "fire",
    films=(Film("03-pass-four-letters.mp4", _SCENES),),
    pictures=(
        Picture("04-which-extinguisher.svg", 984, 560, _table,
                "Table of fire classes A, B, C, D, F and live electrical equipment against six types of extinguisher.", _TABLE_IN_HINDI),
        Picture("pictures/pass.png", 1020, 302, _pass_strip, "PASS: pull the pin, aim at the base, squeeze, sweep side to side.",
                _STRIP_IN_HINDI),
    ),
)  # fmt: skip

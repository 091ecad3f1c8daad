"""Keeps the message catalogues in step with the program: extract, compile, check.

    python -m tools.messages extract    collect words from the source, merge them into every .po
    python -m tools.messages compile    make the .mo files that the program reads
    python -m tools.messages check      report what is untranslated; fail on what is wrong

Words are what the source hands to `_`, `plural` and `mark` of app.core.base.words.
"""

import argparse
import ast
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from app.core.base.words import DOMAIN, LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
SOURCE_LANGUAGE = "en"
_LEAST_SAID, _LEAST_SAID_TO_LEARNERS = 0.5, 0.95
_LEARNERS_MEET = (
    "app/core/assessments/",
    "app/core/base/",
    "app/core/certificates/",
    "app/core/courses/editing",
    "app/core/courses/lesson_kinds",
    "app/core/learning/",
    "app/core/people/errors",
    "app/core/people/sign",
    "app/core/signatures/",
    "app/core/training/controlled/reading",
    "app/core/training/requests",
    "app/ui/assessments/",
    "app/ui/certificates/my",
    "app/ui/certificates/verify",
    "app/ui/kit/",
    "app/ui/learning/",
    "app/ui/people/my_",
    "app/ui/people/signer",
    "app/ui/shell/",
    "app/ui/training/my_",
    "app/ui/training/practical_",
    "app/ui/training/reading",
    "app/ui/training/requests",
)
_BUT_NOT = (
    "app/core/assessments/banks",
    "app/core/assessments/formats",
    "app/core/learning/sequencing",
    "app/ui/assessments/authoring",
    "app/ui/shell/asking",
    "app/ui/shell/first_run",
    "app/ui/shell/join",
    "app/ui/shell/recover",
    "app/ui/shell/restor",
)
"""Modules whose words a learner reads, from signing in to the certificate, and what lies among them for others."""
PLURAL_FORMS = {
    "hi": "nplurals=2; plural=(n > 1);",
    "ta": "nplurals=2; plural=(n != 1);",
    "te": "nplurals=2; plural=(n != 1);",
    "mr": "nplurals=2; plural=(n != 1);",
    "bn": "nplurals=2; plural=(n > 1);",
}
"""Which plural form fits a count, by Unicode CLDR, where every language here has two."""


@dataclass(frozen=True, slots=True)
class Message:
    """One piece of text to translate; `many` is its plural."""

    file: str
    line: int
    one: str
    many: str | None = None


class UnreadableWords(Exception):
    """The source hands words over in a way that no catalogue can hold."""


def messages_in(file: Path, name: str) -> Iterator[Message]:
    """Yield the messages of one source file. Raises UnreadableWords for text that is not literal."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"), name)):
        if isinstance(node, ast.Call) and (kind := _kind_of(node.func)):
            yield from _messages_of(node, kind, name)


def _kind_of(function: ast.expr) -> str | None:
    match function:
        case ast.Name(id=("_" | "mark" | "plural") as kind):
            return kind
        case ast.Attribute(value=ast.Name(id="words"), attr=("_" | "mark" | "plural") as kind):
            return kind
    return None


def _messages_of(call: ast.Call, kind: str, name: str) -> Iterator[Message]:
    match kind, call.args:
        case "plural", [ast.Constant(value=str(one)), ast.Constant(value=str(many)), *_rest]:
            yield Message(name, call.lineno, one, many)
        case (("_" | "mark"), [ast.Constant(value=str(one))]):
            yield Message(name, call.lineno, one)
        case "_", [ast.Name() | ast.Attribute() | ast.Subscript() | ast.Call()]:
            pass  # words that were marked where they are declared
        case _:
            raise UnreadableWords(
                f"{name}:{call.lineno}: {kind}() needs its text as a plain literal"
            )


def collect(root: Path) -> polib.POFile:
    """Return the catalogue template of everything the program says, in a stable order."""
    template = polib.POFile(wrapwidth=100)
    template.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    entries: dict[str, polib.POEntry] = {}
    for file in [*sorted((root / "app").rglob("*.py")), *root.glob("main.py")]:
        for message in messages_in(file, file.relative_to(root).as_posix()):
            entry = entries.setdefault(message.one, polib.POEntry(msgid=message.one))
            if message.many is not None:
                if entry.msgid_plural not in ("", message.many):
                    raise UnreadableWords(
                        f"{message.file}:{message.line}: {message.one!r} has two different plurals"
                    )
                entry.msgid_plural = message.many
                entry.msgstr_plural = {0: "", 1: ""}
            if (message.file, "") not in entry.occurrences:  # files only: lines would never rest
                entry.occurrences.append((message.file, ""))
    template.extend(entries[text] for text in sorted(entries))
    return template


def locales(root: Path) -> Path:
    """Return the folder of the catalogues."""
    return root / "resources" / "locale"


def template_file(root: Path) -> Path:
    """Return where the template lies."""
    return locales(root) / f"{DOMAIN}.pot"


def catalogue_files(root: Path) -> dict[str, Path]:
    """Return where the catalogue of each translated language lies, whether it is there or not."""
    return {
        code: locales(root) / code / "LC_MESSAGES" / f"{DOMAIN}.po"
        for code in LANGUAGES
        if code != SOURCE_LANGUAGE
    }


def extract(root: Path) -> None:
    """Write the template anew and merge it into every catalogue; translations are kept."""
    template = collect(root)
    template_file(root).parent.mkdir(parents=True, exist_ok=True)
    template.save(str(template_file(root)))
    for code, file in catalogue_files(root).items():
        catalogue = polib.pofile(str(file), wrapwidth=100) if file.exists() else polib.POFile()
        catalogue.wrapwidth = 100
        catalogue.metadata = {
            "Language": code,
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "MIME-Version": "1.0",
            "Plural-Forms": PLURAL_FORMS[code],
        }
        catalogue.merge(template)
        for entry in catalogue.obsolete_entries():
            catalogue.remove(entry)
        catalogue.sort(key=lambda entry: entry.msgid)
        file.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(file))
    print(f"{len(template)} messages in {len(catalogue_files(root))} catalogues")


def compile_all(root: Path) -> None:
    """Make the .mo of every catalogue that changed since it was last made.

    One in which learners could not read their screens gets none: the program offers only languages
    that somebody can work in. English stands in for what else is missing.
    """
    for file in catalogue_files(root).values():
        made = file.with_suffix(".mo")
        if file.exists() and not can_be_read(polib.pofile(str(file))):
            made.unlink(missing_ok=True)
            continue
        if file.exists() and not (
            made.exists() and made.stat().st_mtime_ns >= file.stat().st_mtime_ns
        ):
            polib.pofile(str(file)).save_as_mofile(str(made))


def can_be_read(catalogue: polib.POFile) -> bool:
    """Tell whether a language has words for most of the program, or for all that learners meet."""
    whole, theirs = list(catalogue), of_learners(catalogue)
    return _said(whole) >= _LEAST_SAID or (
        bool(theirs) and _said(theirs) >= _LEAST_SAID_TO_LEARNERS
    )


def of_learners(catalogue: polib.POFile) -> list[polib.POEntry]:
    """Return the messages that learners meet."""
    return [
        entry
        for entry in catalogue
        if any(
            file.startswith(_LEARNERS_MEET) and not file.startswith(_BUT_NOT)
            for file, _line in entry.occurrences
        )
    ]


def _said(entries: list[polib.POEntry]) -> float:
    return sum(entry.translated() for entry in entries) / len(entries) if entries else 0.0


def fields_of(text: str) -> set[str]:
    """Return the names of the {fields} in `text`. Raises ValueError when its braces do not match."""
    return {
        name for _literal, name, _spec, _how in string.Formatter().parse(text) if name is not None
    }


def faults_of(entry: polib.POEntry) -> Iterator[str]:
    """Yield what is wrong with the translations of one entry; an untranslated one has no faults."""
    allowed = fields_of(entry.msgid) | fields_of(entry.msgid_plural)
    needed = fields_of(entry.msgid) & (
        fields_of(entry.msgid_plural) if entry.msgid_plural else allowed
    )
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        if not text:
            continue
        try:
            fields = fields_of(text)
        except ValueError as error:
            yield f"{text!r}: {error}"
            continue
        if not needed - {"count"} <= fields <= allowed:  # "one" may well be said without a figure
            yield f"{text!r} must have the fields of {entry.msgid!r}"


def check(root: Path) -> int:
    """Report the state of every catalogue; return how many things are wrong (untranslated is not)."""
    template = collect(root)
    wanted = {(entry.msgid, entry.msgid_plural) for entry in template}
    faults = 0
    for code, file in catalogue_files(root).items():
        if not file.exists():
            print(f"{code}: no catalogue yet, {len(wanted)} untranslated")
            continue
        catalogue = polib.pofile(str(file))
        held = {(entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}
        found = [fault for entry in catalogue for fault in faults_of(entry)]
        untranslated = len(catalogue.untranslated_entries()) + len(wanted - held)
        fuzzy = len(catalogue.fuzzy_entries())
        theirs = sum(not entry.translated() for entry in of_learners(catalogue))
        print(
            f"{code}: {len(wanted)} messages, {untranslated} untranslated ({theirs} that learners meet), "
            f"{fuzzy} to be reviewed"
        )
        if held != wanted:
            found.append(
                f"{len(wanted - held)} new and {len(held - wanted)} gone messages: run extract"
            )
        for fault in found:
            print(f"  {fault}")
        faults += len(found)
    return faults


def main(arguments: list[str]) -> int:
    """Run one of the commands on this repository."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages")
    parser.add_argument("command", choices=["extract", "compile", "check"])
    command = parser.parse_args(arguments).command
    try:
        if command == "check":
            return 1 if check(ROOT) else 0
        (extract if command == "extract" else compile_all)(ROOT)
    except UnreadableWords as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

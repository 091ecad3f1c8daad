"""The program's own files: the list of hashes that a build leaves, and what differs from it.

`./run build` writes `program.sha256` beside the program's files: a line each, hash and path within the
bundle. Whoever keeps the list elsewhere (the release's page, paper) can prove the list itself.
"""

import hashlib
from pathlib import Path

from app.core.base.resources import program_folder

LIST = "program.sha256"
_BLOCK = 1 << 20
_SOURCES = ("app", "resources")


def list_of_hashes(program: Path) -> dict[str, str] | None:
    """Return hash by path within the bundle; None where the program was started from its sources."""
    path = program / LIST
    if not path.is_file():
        return None
    lines = (line.split("  ", 1) for line in path.read_text("utf-8").splitlines() if line)
    return {name: digest for digest, name in lines}


def altered_in_list(hashes: dict[str, str], program: Path) -> list[str]:
    """Return the files that are missing or not as built, by path."""
    bundle = program.parent
    return sorted(name for name, digest in hashes.items() if _sha256(bundle / name) != digest)


def altered_program_files() -> list[str]:
    """Return the files of this program that are missing or not as built; none are known of its sources."""
    hashes = list_of_hashes(program_folder())
    return [] if hashes is None else altered_in_list(hashes, program_folder())


def write_list(bundle: Path, program: Path) -> int:
    """Write the list of a bundle that was just built into its `program` folder; return how many files."""
    lines = [
        f"{_sha256(file)}  {file.relative_to(bundle).as_posix()}"
        for file in sorted(bundle.rglob("*"))
        if file.is_file() and file.name != LIST
    ]
    (program / LIST).write_text("\n".join(lines) + "\n", "utf-8")
    return len(lines)


def fingerprint_of_sources() -> tuple[int, str]:
    """Return how many files the program is started from, and one hash over all: it tells versions apart."""
    root, digest, count = program_folder(), hashlib.sha256(), 0
    for folder in _SOURCES:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                count += 1
                name = file.relative_to(root).as_posix()
                digest.update(f"{_sha256(file)}  {name}\n".encode())
    return count, digest.hexdigest()


def _sha256(path: Path) -> str:
    """Return a file's hash; "" where there is none."""
    if not path.is_file():
        return ""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()

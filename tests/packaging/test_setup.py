"""Setting up a machine: which packages are asked of apt, and what is said when it cannot be done.

apt, dpkg, id and sudo are stand-ins here, the only ones on PATH; the scripts are the repository's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="run is for POSIX systems with apt")

TOOLS = ("cat", "env", "grep", "head", "mkdir", "mv", "sed", "sh", "tail", "tr", "uname", "wc")
STAND_INS = {
    "dpkg-query": 'for n in "$@"; do grep -qxF "$n" installed && echo "installed $n"; done; exit 0',
    "apt-cache": 'grep -qxF "$2" known && echo "Package: $2"',
    "apt-get": 'shift 4; echo "$*" >>asked; [ "$1" != update ] || cat released >known; '
    '[ "$1" != install ] || [ ! -e broken ]',
    "id": "cat user",
    "sudo": 'echo sudo >>asked; exec "$@"',
    "python3": f'exec "{sys.executable}" "$@"',
}
CALL = """
set -eu
say() { echo "$*" >&2; }
fail() { say "run: $*"; exit 1; }
ROOT=$PWD PYTHON=$PWD/.venv/bin/python LOCK=
. installer/setup/system.sh
. installer/setup/environment.sh
"""


class Machine:
    """A Debian of which only the package database matters."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "bin"
        shutil.copytree(ROOT / "installer" / "setup", folder / "installer" / "setup")
        self.programs.mkdir()
        for tool in TOOLS:
            (self.programs / tool).symlink_to(str(shutil.which(tool)))
        for name, script in STAND_INS.items():
            self.write(f"bin/{name}", f"#!/bin/sh\n{script}").chmod(0o755)
        self.write("installer/setup/system-packages.txt", "xvfb # a screen\n\nlibnew|libold\n")
        self.write("user", "0")
        for names in ("installed", "known", "released"):
            self.write(names)

    def write(self, name: str, *lines: str) -> Path:
        """Put a file down, one line each."""
        (self.folder / name).write_text("".join(f"{line}\n" for line in lines))
        return self.folder / name

    def set_up(self, step: str = "system_packages") -> subprocess.CompletedProcess[str]:
        """Install what is missing, or do another step of the set-up."""
        return subprocess.run(
            ["/bin/sh", "-c", CALL + step],
            cwd=self.folder,
            env={"PATH": str(self.programs)},
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self) -> list[str]:
        """Return what was asked of sudo and apt-get, in order."""
        file = self.folder / "asked"
        return file.read_text().splitlines() if file.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return a bare machine, of which we are root."""
    return Machine(tmp_path)


INSTALL = "install --no-install-recommends"


@pytest.mark.parametrize("name", ["libnew", "libold"])
def test_a_package_is_installed_under_the_name_its_release_knows(
    machine: Machine, name: str
) -> None:
    machine.write("known", "xvfb", name)

    assert machine.set_up().returncode == 0
    assert machine.asked() == [f"{INSTALL} xvfb {name}"]


@pytest.mark.parametrize("name", ["libnew", "libold"])
def test_nothing_is_asked_when_all_is_there(machine: Machine, name: str) -> None:
    machine.write("installed", "xvfb", name)
    machine.write("user", "1000")

    assert machine.set_up().returncode == 0
    assert machine.asked() == []


def test_lists_are_updated_when_they_do_not_know_a_package(machine: Machine) -> None:
    machine.write("released", "xvfb", "libnew")

    assert machine.set_up().returncode == 0
    assert machine.asked() == ["update", f"{INSTALL} xvfb libnew"]


def test_lists_are_updated_once_when_installing_fails(machine: Machine) -> None:
    for names in ("known", "released"):
        machine.write(names, "xvfb", "libnew")
    machine.write("broken")

    answer = machine.set_up()

    assert answer.returncode == 1
    assert machine.asked() == [f"{INSTALL} xvfb libnew", "update", f"{INSTALL} xvfb libnew"]
    assert "apt could not install the packages" in answer.stderr


def test_sudo_is_used_by_others_than_root(machine: Machine) -> None:
    machine.write("known", "xvfb", "libnew")
    machine.write("user", "1000")

    assert machine.set_up().returncode == 0
    assert machine.asked() == ["sudo", f"{INSTALL} xvfb libnew"]


def test_without_sudo_the_missing_packages_are_named(machine: Machine) -> None:
    machine.write("installed", "xvfb")
    machine.write("user", "1000")
    (machine.programs / "sudo").unlink()

    answer = machine.set_up()

    assert answer.returncode == 1
    assert answer.stderr == (
        "run: only root can install these packages, and there is no sudo: libnew|libold\n"
    )


def test_without_a_fitting_python_debians_own_is_installed(machine: Machine) -> None:
    machine.write("installed", "xvfb", "libold")
    machine.write("known", "python3", "python3-venv")
    machine.write("bin/python3", "#!/bin/sh", "exit 127")
    machine.write(
        "installer/setup/environment.sh",
        *(ROOT / "installer" / "setup" / "environment.sh")
        .read_text()
        .replace(" /usr/bin/python3", "")
        .splitlines(),
    )

    assert machine.set_up().returncode == 0
    assert machine.asked() == [f"{INSTALL} python3 python3-venv"]


def test_without_apt_the_list_is_pointed_to(machine: Machine) -> None:
    (machine.programs / "apt-get").unlink()

    answer = machine.set_up()

    assert answer.returncode == 0
    assert "installer/setup/system-packages.txt" in answer.stderr


def test_help_names_every_command() -> None:
    answer = subprocess.run(
        [ROOT / "run", "help"], capture_output=True, text=True, check=True, env={"PATH": os.defpath}
    )

    for command in ("setup", "test", "conformance", "fix", "build", "lock", "help"):
        assert f"./run {command}" in answer.stdout


def test_an_environment_that_serves_another_folder_is_left_whole(machine: Machine) -> None:
    shared = machine.folder / "elsewhere"
    shared.mkdir()
    (shared / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (machine.folder / ".venv").symlink_to(shared)

    done = machine.set_up("environment")

    assert done.returncode == 1
    assert "is a link" in done.stderr
    assert (shared / "pyvenv.cfg").exists()

"""What this computer is called: the name that is proposed for the PC."""

import os


def this_pc() -> str:
    """Return what this computer is called."""
    return os.environ.get("COMPUTERNAME") or os.uname().nodename

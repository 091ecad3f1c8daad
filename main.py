"""Starts Daksha: no arguments open the window, a command runs the command line."""

from app.bootstrap import main

if __name__ == "__main__":
    raise SystemExit(main())

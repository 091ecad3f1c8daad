"""Web packages on screen: the engine and its walls, the files it gets, the calls it may make.

Nothing here is imported before a package is opened, or will probably be: QtWebEngine costs time and
memory that lessons of other kinds have no use for. `engine.start_engine` comes before every other import of it.
"""

SPARE_ROOM = "spare room"
"""What a room is called that stands before its launch (room.py)."""

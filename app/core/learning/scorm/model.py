"""The data model of one launch: untrusted calls against a table of elements."""

from collections.abc import Mapping

from app.core.learning.scorm.datatypes import PlainText
from app.core.learning.scorm.elements import Access, Address, Element, Table, address_of
from app.core.learning.scorm.faults import Fault, Faulty

MOST_CHARACTERS = 8_000_000
"""Of all values of one launch together: past every book's minimum, short of filling a disk."""

MOST_HELD = 65_536
"""Of values that a page may hold back for a moment because they need no look (host.js)."""


class DataModel:
    """Values by address. Reading and setting raise Faulty for what the books forbid."""

    def __init__(
        self,
        table: Table,
        values: Mapping[str, str],
        accesses: Mapping[str, Access] | None = None,
    ) -> None:
        """Begin with `values`; `accesses` narrows what content may do with single addresses."""
        self.table = table
        self._accesses = dict(accesses or {})
        self.values = dict(values)
        self.reported: set[str] = set()
        """What content set in this launch."""
        self._size = sum(len(value) for value in self.values.values())
        self._counts = _counted(table, self.values)

    def count(self, collection: str) -> int:
        """Return how many entries a collection has, by its address."""
        return self._counts.get(collection, 0)

    def value(self, written: str) -> str | None:
        """Return what an element holds, whoever may read it; None for nothing."""
        return self.values.get(written)

    def is_kept(self, written: str) -> bool:
        """Tell whether an element outlives the launch it was set in."""
        address = address_of(written)
        element = self.table.elements.get(address.pattern) if address else None
        return element is not None and element.is_kept

    def put(self, written: str, value: str) -> None:
        """Set an element past all rules, as the system may."""
        self._size += len(value) - len(self.values.get(written, ""))
        self.values[written] = value
        address = address_of(written)
        for collection, place in address.places if address else ():
            self._counts[collection] = max(self._counts.get(collection, 0), place + 1)

    def get(self, untrusted: str) -> str:
        """Return what content asks for. Raises Faulty."""
        if untrusted in self.table.root_words:
            return self.table.root_words[untrusted]
        address = address_of(untrusted)
        if address is None:
            raise Faulty(Fault.UNDEFINED if untrusted else Fault.GET)
        stem, _, last = address.pattern.rpartition(".")
        if last == "_children":
            return self._children(address, stem)
        if last == "_count":
            return str(self._count(address, stem))
        return self._held(address)

    def _held(self, address: Address) -> str:
        element = self.table.elements.get(address.pattern)
        if element is None:
            raise Faulty(Fault.UNDEFINED)
        self._check_places(address, Fault.GET)
        if not self._accesses.get(address.written, element.access).may_read:
            raise Faulty(Fault.WRITE_ONLY)
        worked_out = element.reading(self) if element.reading else None
        found = worked_out or self.values.get(address.written, element.otherwise)
        if found is None or (element.is_nothing_when_empty and not found):
            raise Faulty(Fault.UNSET)
        return found

    def _children(self, address: Address, stem: str) -> str:
        if stem not in self.table.children:
            raise Faulty(Fault.NO_CHILDREN if self.table.knows(stem) else Fault.UNDEFINED)
        self._check_places(address, Fault.GET)
        return self.table.children[stem]

    def _count(self, address: Address, stem: str) -> int:
        if stem not in self.table.collections:
            raise Faulty(Fault.NO_COUNT if self.table.knows(stem) else Fault.UNDEFINED)
        self._check_places(address, Fault.GET)
        return self.count(address.written.rpartition(".")[0])

    def _check_places(self, address: Address, fault: Fault) -> None:
        if any(place >= self.count(collection) for collection, place in address.places):
            raise Faulty(fault)

    def set(self, untrusted: str, untrusted_value: str) -> None:
        """Set what content wants set. Raises Faulty."""
        address = address_of(untrusted)
        if address is None:
            raise Faulty(Fault.UNDEFINED if untrusted else Fault.SET)
        element = self._settable(address)
        self._check_room(address, element)
        fault = element.check(untrusted_value) if element.check else None
        if fault is None and element.rule is not None:
            fault = element.rule(self, address, untrusted_value)
        if fault is None and self._size + len(untrusted_value) > MOST_CHARACTERS:
            fault = Fault.SET
        if fault is not None:
            raise Faulty(fault)
        self.put(untrusted, untrusted_value)
        self.reported.add(untrusted)

    def room_for(self, written: str) -> int:
        """Return how many characters of any text may be set in an element that was set before.

        0: what may be set there depends on more than its length.
        """
        address = address_of(written)
        element = self.table.elements.get(address.pattern) if address else None
        if element is None or element.rule is not None or not isinstance(element.check, PlainText):
            return 0
        is_roomy = self._size <= MOST_CHARACTERS // 2
        return min(element.check.longest, MOST_HELD) if is_roomy else 0

    def _settable(self, address: Address) -> Element:
        stem, _, last = address.pattern.rpartition(".")
        is_keyword = last in {"_children", "_count"} and self.table.knows(stem)
        if is_keyword or address.written in self.table.root_words:
            raise Faulty(Fault.KEYWORD)
        element = self.table.elements.get(address.pattern)
        if element is None:
            raise Faulty(Fault.UNDEFINED)
        if not self._accesses.get(address.written, element.access).may_write:
            raise Faulty(Fault.READ_ONLY)
        return element

    def _check_room(self, address: Address, element: Element) -> None:
        """Entries are made one after the other, each by the element that names it."""
        for number, (collection, place) in enumerate(address.places):
            count = self.count(collection)
            if place < count:
                continue
            most = self.table.collections[_pattern_of(collection)]
            if place > count or place >= most:
                raise Faulty(Fault.SET)
            if number + 1 < len(address.places) or not element.creates:
                raise Faulty(Fault.DEPENDENCY)


def _pattern_of(collection: str) -> str:
    return ".".join("n" if part.isdigit() else part for part in collection.split("."))


def _counted(table: Table, values: Mapping[str, str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for written in values:
        address = address_of(written)
        for collection, place in address.places if address else ():
            if _pattern_of(collection) in table.collections:
                counts[collection] = max(counts.get(collection, 0), place + 1)
    return counts

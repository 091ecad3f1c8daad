"""Collects what the product logs as a warning or worse: a test that does not expect it fails."""

import logging
import re

PRODUCT = "app"


class LoggedTrouble(logging.Handler):
    """Holds the product's records from WARNING up; `expect` strikes those that belong to the test."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._expected: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record."""
        self.records.append(record)

    def expect(self, pattern: str) -> None:
        """Say that a message in which `pattern` is found, before or after this call, is no trouble."""
        self._expected.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """Return one line for each record that nobody expected."""
        return [
            f"{record.levelname} {record.name}: {record.getMessage()}"
            for record in self.records
            if not any(pattern.search(record.getMessage()) for pattern in self._expected)
        ]

"""What happened here, as xAPI statements in a file for another system."""

from app.core.reports.statements.export import StatementExport, StatementsWritten

__all__ = ["StatementExport", "StatementsWritten"]

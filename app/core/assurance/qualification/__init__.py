"""Installation and operational qualification that runs itself, and its reports."""

"""Lists of any length: searched, sorted, filtered, counted and paged by whoever owns the rows."""

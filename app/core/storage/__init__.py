"""Where the site's data lies: engines, column types, table kinds, stretches of lists."""

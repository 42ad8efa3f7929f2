"""Where records are kept: one SQLite file in a workspace folder."""

"""The command line: every command works without a window, on the same services."""

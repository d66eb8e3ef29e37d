"""Sessions on disk: one SQLite file each, a library of them; docs/sessions.md describes both."""

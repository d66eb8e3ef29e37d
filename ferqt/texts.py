"""Marks texts for the translators where nothing of Qt is known."""


def N(_context: str, text: str) -> str:  # noqa: N802 - named as in the tables of the window
    """Return a text as it is, in English.

    The collector of texts reads the call (`scripts/translations.py`); who shows the text translates
    it in the same context.

    Args:
        _context: Where the text belongs, "Notices" for what `Notice` holds.
        text: The text, a plain literal.
    """
    return text

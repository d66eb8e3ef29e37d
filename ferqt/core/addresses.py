"""Addresses of streams as they may be shown and stored."""

import re
from typing import Final

_SECRET_VALUE: Final = re.compile(
    r"(?i)([?&][^=&]*(?:user|usr|pass|pwd|token|key|auth)[^=&]*=)[^&]*"
)


def without_credentials(url: str) -> str:
    """Return an address for showing: without user name, password and other secrets in it."""
    scheme, separator, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return _SECRET_VALUE.sub(
        r"\1***", scheme + separator + authority.rpartition("@")[2] + slash + path
    )

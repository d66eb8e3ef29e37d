"""Live recognition of facial expressions in cameras, videos and pictures."""

import logging

__version__ = "0.1.0"

# Until a program starts logging, records go nowhere instead of to standard error.
logging.getLogger(__name__).addHandler(logging.NullHandler())

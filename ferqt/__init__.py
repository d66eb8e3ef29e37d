"""Live recognition of facial expressions in cameras, videos and pictures."""

__version__ = "0.1.0"

"""Starts ferqt as `python -m ferqt`: how the window starts its analyses."""

import sys

from ferqt.app import main

if __name__ == "__main__":
    sys.exit(main())

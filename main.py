"""Start ferqt from a checkout: `python main.py` does what the command `ferqt` does."""

import sys

from ferqt.app import main

if __name__ == "__main__":
    sys.exit(main())

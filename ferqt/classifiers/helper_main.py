"""Where a helper process begins that Python runs from a checkout or an installation."""

import sys

from ferqt.classifiers.helper_process import run_if_helper

if __name__ == "__main__":
    sys.exit(run_if_helper(sys.argv[1:]))

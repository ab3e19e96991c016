"""``python -m pipeline``: the same as the command ``handrail``."""

import sys

from pipeline.cli import main

sys.exit(main())

"""Prints the reference page of the rules: ``python -m pipeline.checks > docs/rules.md``."""

import sys

from pipeline.checks import reference

sys.stdout.buffer.write(reference().encode())

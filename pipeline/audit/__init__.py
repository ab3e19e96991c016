"""The gate attacks itself: damage to good copies must be caught, and harmless variations must pass.

Operators change values that a project has loaded, never its files: a sentence, a catalog, a sign-off, a registry
entry, a source article, a template, a finished page. Each result goes through the same functions as a build.
"""

from pipeline.audit.judging import Verdict
from pipeline.audit.operators import Operator
from pipeline.audit.outcome import Report, Row, Score, fresh, signed
from pipeline.audit.running import OPERATORS, Plan, run

__all__ = ["OPERATORS", "Operator", "Plan", "Report", "Row", "Score", "Verdict", "fresh", "run", "signed"]

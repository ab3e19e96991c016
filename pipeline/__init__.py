"""Handrail: localize health articles so that no page goes out without its safety text."""

__version__ = "0.1.0"

"""The dashboard: one HTML page on which a manager sees what goes out, what is withheld and why, and what is left to do.

It needs nothing but itself: no script, one style sheet that its content security policy names by its hash, and no
network. The same outcome, settings and history give the same bytes.
"""

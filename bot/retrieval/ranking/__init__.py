"""Candidates, their features, and whether the best of them answers."""

"""Rows as they are kept, and what keeps them."""

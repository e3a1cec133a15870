"""A question → its reply, and what is remembered of it."""

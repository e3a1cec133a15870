"""Questions without an answer: grouped, shown to admins, linked to a point or made into a new one."""

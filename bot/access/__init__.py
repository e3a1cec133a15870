"""Who may do what and how much: roles, permissions in a chat, rate limits, names of members, what signs and hides."""

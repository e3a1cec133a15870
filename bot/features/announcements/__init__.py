"""What admins say to groups, and the outbox from which it goes."""

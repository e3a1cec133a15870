"""The ways in which people reach the bot. Each only translates; none knows another."""

"""What goes to Telegram: replies as messages, at the pace that the platform allows."""

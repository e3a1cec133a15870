"""What comes from Telegram: updates, one after the other in each chat, read as ``Incoming``."""

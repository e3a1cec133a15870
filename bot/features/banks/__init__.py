"""Question banks in the chat: a file is sent, shown as it was read, and kept on a tap."""

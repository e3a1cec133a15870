"""Files as they are sent: text in any encoding, Word."""

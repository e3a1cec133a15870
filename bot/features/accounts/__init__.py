"""/link and /unlink: several accounts of one person."""

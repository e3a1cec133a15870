"""Records as they are stored: plain data that the storage and the features share."""

"""What is known of a chat: its key, which groups there are, hours in which nothing is said, what comes by itself."""

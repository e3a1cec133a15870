"""What is known of a chat: which groups there are, hours in which nothing is said, what comes by itself."""

"""What was asked and played, counted: /stats, and its charts."""

"""What a member has learned: progress, mistakes, review."""

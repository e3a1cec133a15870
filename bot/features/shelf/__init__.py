"""Several documents side by side: which there are, which one a chat reads, and what another one answers."""

"""The way from a chat to the page for admins: signed links, and the sessions they open."""

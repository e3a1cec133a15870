"""The ways in which people reach the bot. Each only translates; none knows another.

``telegram``
    private chats, groups, inline mode
``web``
    the chat page, the interface for programs, the page for admins
``terminal``
    lines in, replies out
"""

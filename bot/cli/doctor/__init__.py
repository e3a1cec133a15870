"""``python -m bot doctor``: what keeps the bot from working well on this machine, each with its mend, in Chinese.

``examine``
    all checks, in the order in which they are told
``finding``
    what one check found
``checks``
    checks of settings, of the machine, of knowledge and database, of what Telegram says; each gives findings

Nothing is changed, no secret is told, nothing waits for longer than some seconds: it may run beside a running bot.
"""

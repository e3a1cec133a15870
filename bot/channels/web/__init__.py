"""The chat page on a phone, and the HTTP interface for programs.

``ports``
    what the page needs from outside: a conversation, a probe, ids, a stopwatch
``asking``
    puts what came in to the conversation, and counts and times it
``sessions``
    what is to be seen on each visitor's page
``views``
    a ``Reply`` as the templates need it
``rendering``, ``assets``
    templates and static files, each loaded once
``chatting``, ``reading``, ``api``, ``status``
    the routes: the conversation, the document, programs, operators
``console``
    the page for admins
``forms``
    the fields of a form that was sent
``security``, ``requests``, ``faults``
    what lies around every route: limits and headers, ids and logs, error pages
``addresses``, ``limiting``, ``health``
    where a request comes from, how much an address may send, what probes found
``metrics``
    what is counted
``app``, ``server``, ``connections``, ``listener``
    all of it as one ASGI application, the server that runs it in a shared event loop, and what bounds its sockets
"""

"""The chat page on a phone, and the HTTP interface for programs.

``app``, ``server``
    all routes and middleware as one ASGI application; uvicorn in the shared event loop
``chat_page``, ``document_pages``, ``paper_pages``, ``api``, ``operator_routes``, ``admin``, ``room``
    the routes: the conversation, the document, competitions, programs, operators, the pages for admins, the live room
``conversation_client``
    puts what came in to the conversation, and counts and times it
``reading``
    which of several documents a request is about
``sessions``, ``conversation_log``, ``members``
    what stands on each visitor's page, and the visitor's cookie; what is saved of it; who is called what
``view_models``, ``page_templates``, ``assets``
    a ``Reply`` as the templates need it; templates and static files, each loaded once
``forms``
    the fields of a form that was sent
``security``, ``request_log``, ``error_pages``
    what lies around every route: headers and limits, ids and logs, a page for each failure
``addresses``, ``rate_limit``, ``connections``, ``listener``
    the client's address, how much an address may send, limits of connections, the socket they come through
``metrics``, ``page_address``
    what is counted; the addresses that the operator is shown
``ports``
    what the page needs from outside: knowledge, probes, ids, a stopwatch
"""

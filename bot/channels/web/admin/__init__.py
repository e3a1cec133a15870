"""The page for admins: what is asked, questions without an answer, versions of the knowledge, the audit log.

``ports``
    what it needs from outside, and the rows it shows
``login``
    in by a link and a button, out again; the cookie
``desk``
    what admins do in a chat, by the same commands and buttons
``document``
    a document that is dropped there
``papers``
    competitions: a form for a new one, reports
``pages``
    the pages themselves
"""

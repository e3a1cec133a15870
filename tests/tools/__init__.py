"""Tools that measure the code and its tests; pytest collects nothing here.

``trace_trips``: how many files of bot/ a message passes on its way.
``mutate``: which small faults in a module its nearest tests do not notice.
"""

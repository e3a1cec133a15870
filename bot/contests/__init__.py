"""What all features that play contests share: contests that run in this process, and the rows they are kept in.

``runner``, ``session``
    contests that run: each step is saved first, then shown, and woken when its time is over
``persistence``
    a contest ↔ the rows it is kept as
``request_parser``
    what people write who want a contest
``start_time``
    when a contest is to start, as people say it
``question_source``
    the questions that a contest asks
``results_workbook``
    results as Excel workbooks
"""

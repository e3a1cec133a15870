"""Competitions that last for days: published by organisers, written as timed papers on every channel.

``competitions``
    what is held: checked, published, found; who takes part under which name
``paper_service``
    papers: begun, answered, given in, ranked
"""

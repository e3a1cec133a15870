"""Changes of a knowledge folder's YAML that leave everything else as it was written.

``amendment``
    one addition made in a chat: plain data, JSON
``amend``
    the text of points.yaml with additions in it
``carry_over``
    a new edition of the source → the points that still stand in it
``yaml_places``, ``yaml_insert``
    where an addition goes in a points.yaml; where an item or a key goes in any YAML text
``yaml_emit``
    values → YAML as a curator would write them
"""

"""Charts, laid out once for a phone and shown as a picture or as SVG. Pure, but for the font that is read.

``shapes``
    what a chart is made of: boxes, lines, labels, each with a role that its colour goes by
``scale``
    round numbers for an axis
``columns``, ``rows``
    bars that stand side by side, one for each day; bars that lie below each other, one for each name
``insight``
    what is counted for admins → charts
``picture``, ``drawing``
    charts → a PNG; what draws figures, where the extra ``pictures`` is installed
"""

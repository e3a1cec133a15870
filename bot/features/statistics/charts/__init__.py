"""Charts, laid out once for a phone and shown as a picture or as SVG. Pure, but for the font that is read.

``shapes``
    what a chart is made of: boxes, lines, labels, each with a role that its colour goes by
``bars``
    bars that stand side by side, one for each day, and bars that lie below each other, one for each name
``statistics_charts``
    what is counted for admins → charts; what draws them, if the extra ``pictures`` is installed
``png``
    charts → a PNG
"""

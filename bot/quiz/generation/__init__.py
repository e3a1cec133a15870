"""Questions made from points: cloze, figures, lists, sections, with their distractors. Pure."""

"""Where everything of a map goes: from a document to a sheet that painters only have to draw.

Knows the model and words; no scoring, no files, no Qt, no reportlab. Lengths are points
(1/72 inch), x to the right, y down; a sheet starts at (0, 0).
"""

"""Survey answers against targets: net scores with their intervals, gaps, and where to act first.

Everything here is a pure function of a document or of plain counts. Knows the model only: no file,
no window, no drawing.
"""

"""Pointer and key gestures on a map, as a small state chart that knows no window and no Qt.

The view hands in plain events in points of the sheet; the states change the document through the
desk they are given, and say what is to be shown meanwhile as `Hints`.
"""

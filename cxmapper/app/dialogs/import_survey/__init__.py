"""Bringing a survey onto a map: choose a file, say what its columns mean, match names, look, import.

Each page is a small widget that shows what `cxmapper.survey` found and gives what the person chose.
No page decides anything about answers itself.
"""

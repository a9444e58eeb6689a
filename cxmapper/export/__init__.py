"""Maps on paper and as pictures: a sheet painted as PDF, SVG and PNG, each the same to the letter.

Knows the layout and what it paints; no Qt, no editing. Every writer returns bytes and touches no
file. reportlab, Pillow and pypdfium2 load when an export runs, never before.
"""

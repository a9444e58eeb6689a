"""How a map is edited: changes, the operations that make them, the history and the editor.

Knows the model and nothing else of ours: no layout, no files, no Qt.
"""

"""What a map is: small frozen elements, each with an id, and a document that holds them.

Knows pydantic and nothing else of ours but words and errors: no files, no layout, no Qt.
"""

"""The panels beside the canvas: maps, palette, lanes, properties. Each knows the session, none another."""

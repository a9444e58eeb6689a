"""The canvas: shows a sheet in a view that pans and zooms, and hands gestures to `cxmapper.tools`."""

"""cxmapper: a desktop editor for customer journey maps that works offline."""

__version__ = "0.1.0"

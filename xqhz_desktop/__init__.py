"""XQHZ Desktop: school–enterprise cooperation on one laptop, offline."""

__version__ = "0.1.0"

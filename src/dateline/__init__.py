"""Dateline reads reports of armed conflict and keeps the record."""

__version__ = "0.1.0"

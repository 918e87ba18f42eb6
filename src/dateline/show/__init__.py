"""Show: a record for people. Text for a terminal, a table for a pipe, a page for a browser.

All three speak of the same `View`, which looks names up once and words each fact.
"""

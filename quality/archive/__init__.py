"""What the archive is measured on: how fast, how large, through kills, crowds and hostile input.

Each module is a command; `docs/archive.md` has the figures and the commands that gave them.
"""

"""Archives as each released revision wrote them, to test the way up from. usage: python -m tests.archive.released

Writes `REVISION.db.gz` and `REVISION.sql.gz` of the newest revision; run once, when it is
released, and never again for that revision.
"""

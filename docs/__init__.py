"""The reference, generated from the code."""

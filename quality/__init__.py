"""Floors that no change may lower unseen: what is measured, on what, and at least how much."""

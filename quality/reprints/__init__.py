"""Are copies of one text found, and other accounts of the same event left apart?

`edits.py` makes what newsrooms make of an agency's text; `pairs.py` makes 2,000 pairs of our own
corpus with it, half of them copies; `measure.py` scores. Texts are the passages of
`training/corpus`, several to a report, and the written days of `quality/incidents`.
"""

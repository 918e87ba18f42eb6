"""Reading: which spans are there in a text, and what links them?

`clean` makes a copy without what is no prose, and keeps a map back. `sentences` splits it,
`windows` cuts it for the encoder, `model` runs the network, `decode` turns its answers into
spans; what comes out is one `Graph`. Nothing is looked up and nothing is resolved here.
"""

"""Resolving: what do the spans mean?

One file a question: `who` (actors), `where` and `toponyms` (places), `when` (times),
`how_many` (figures), `what` (events), `status` (did it happen), `kind` (which type the words settle), `nominal` (whose ceasefire),
`said` (on whose word), `terms`, `ties` (who stands with whom), `links` (which event a figure
counts), `codes` (what other schemes call it). All are pure functions of the graph and of
`knowledge`; the model decided what it saw, these rules decide what that means.
"""

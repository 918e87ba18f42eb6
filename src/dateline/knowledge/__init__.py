"""Knowledge: what is known before a report is read.

`actors` is the register of states, groups, organisations, media and people with dated
roles; `places` the gazetteer, built once from packages and our own tables; `ontology` the
codes and the few rules of wording; `times` and `figures` the word lists of those questions.
Data files with validating loaders; a broken entry is named by a `KnowledgeError`.
"""

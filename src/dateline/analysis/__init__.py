"""Analysis: what do many records imply together?

`truce` puts the terms of all parties on one board and works out who waits for whom; `violations`
watches a truce that was agreed; `disputes` lays side by side what each says of one happening;
`control` asks an archive who held which place when. Each returns frozen values and says with whose
word they rest; nothing here reads text again or opens a file. Whoever a report names otherwise each
time is one party here (`parties`), and whatever words ask for a thing, it is one act of a small
vocabulary (`acts`).
"""

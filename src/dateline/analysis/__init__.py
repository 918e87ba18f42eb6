"""Analysis: what follows from many records? Each file answers one question over an archive, with whose word it rests on."""

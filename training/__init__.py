"""Corpus to model: the annotated passages, their checks, training, export, the model card."""

"""Peace processes told in several reports, each with the right board written by hand. `quality.scenarios.measure` compares."""

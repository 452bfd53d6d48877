"""How good the readings are: gold, measures, floors that only go up, and what changed between two versions."""

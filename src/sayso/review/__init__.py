"""Judging what was read: random samples to code, what they tell, agreement of those who judged, methods and codebook."""

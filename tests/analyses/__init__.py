"""The analyses held against what the sample plants: wordings and degrees of change drawn from a seed."""

"""Mutated files: nothing but a NianbaoError, no hang, no memory beyond the bound."""

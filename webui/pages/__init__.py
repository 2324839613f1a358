"""One blueprint per kind of page. Each view function returns a View, never a response."""

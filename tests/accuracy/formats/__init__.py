"""One writer a format: a paper → the bytes of a file. Written by other libraries than those that read."""

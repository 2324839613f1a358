"""Sample reports as files: each module writes one format; ``layout`` draws the statutory tables for all of them."""

"""How the weights of corpus/extraction/weights.toml are set, and what a margin is worth then (docs/reading.md).

``cases`` reads damaged papers once and keeps their printed rows; ``score`` says how good a reading of them is;
``descent`` sets weights by it; ``filled`` sets those that counting gives; ``__main__`` fits, writes and calibrates.
"""

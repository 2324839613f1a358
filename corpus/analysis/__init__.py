"""The reports read against each other: what no single one of them says. Derived, and renewed after extraction."""

"""How exactly reports are read: every format, every fault of layout that real reports have (docs/field.md)."""

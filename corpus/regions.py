"""Administrative divisions: code ↔ name ↔ ancestors."""

"""Every surface that a person or a program touches: the one command and the site.

::

    address ─→ params ─→ Query ─→ Engine, Store ─→ View ─→ respond ─→ HTML, JSON, CSV, Atom

``app`` makes the Flask application, ``pages`` holds one blueprint per kind of page, ``params`` knows addresses,
``shapes`` knows the JSON that docs/contract.md promises, ``respond`` turns one View into the form asked for. The web
process never writes.
"""

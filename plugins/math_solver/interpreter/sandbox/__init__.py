"""The sandboxed side: a warm server and the children it forks.

It runs as a top-level package of its own, from a scrubbed process, and imports the standard library, SymPy
and NumPy only, and matplotlib where a program does; the host imports nothing from here but ``wire``, ``folders``,
``raster`` and, for its guess, ``plain`` with ``source``.
"""

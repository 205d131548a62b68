"""Parts of ``benchmarks/training.py``.

variants.py   what is tried
child.py      what runs in a process of its own: a training that is timed, and the making of the model
process.py    such a process, seen from outside
figures.py    what came of each: the table and the JSON
"""

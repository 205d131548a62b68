"""How a problem is solved: the loop between a model and the interpreter, and the endpoints that models answer at.

``loop`` is the loop; ``completions`` its model on an OpenAI-compatible endpoint; ``worked`` and ``interpreter_field``
are what is shown of a solve, for people and for programs; ``endpoint`` says how to reach an endpoint and ``asking``
gets whole solutions from one. Import from the modules: the room has no face of its own.
"""

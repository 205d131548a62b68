"""How a problem is solved: the loop between a model and the interpreter, and the endpoints that models answer at.

``loop`` runs a solve: generate, run the program, go on. ``demands`` judges what it comes to, and asks the model again:
for a call, and for an answer in JSON (``json_answers``, and ``json_process`` apart). ``voting`` runs several solves of
one problem, ``checking`` tests an answer by another way and ``explaining`` has it explained; ``outcomes`` is what they
tell, and ``metering`` counts what they take. ``completions`` generates through an OpenAI-compatible endpoint, and
``endpoint`` holds how to reach it. ``worked`` writes a solve as the text that people read and reads it back, its
``boxes`` between dollars; ``interpreter_field`` does so for the JSON that programs read. ``asking`` gets whole
solutions from an endpoint, with its interpreter or with ours.
"""

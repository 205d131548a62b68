"""How a problem is solved: the loop between a model and the interpreter, and the endpoints that models answer at."""

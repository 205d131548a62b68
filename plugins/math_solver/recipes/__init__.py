"""What is checked of a training YAML before it runs, without its weights.

recipe.py       the YAML, its values and what LLaMA-Factory's parser says of them
machine.py      GPUs, memory, packages and variables of the machine that it is to run on
model.py        the model's configuration, tokenizer and template
rows.py         the datasets through LLaMA-Factory's converter and template: taken, dropped, cut, trained
shape.py        the sizes of a decoder, from its configuration
memory.py       the memory that follows from them
published.py    memory and speed that others measured
plan.py         batches, steps, tokens and hours
traps/          what goes wrong in silence, one function each, by subject
checking.py     all of it for one recipe
showing.py      as text, HTML and JSON
"""

"""Sets of token ids for ``tokenized_path``: what LLaMA-Factory's rows of text cannot say.

Its loader takes a saved ``DatasetDict`` and then reads no other data argument. So a loss per turn, pairs and
judgements of whole solutions with masked observations, and several renderings in one set all run in the stock
command::

    masks       which assistant turns of a solution carry loss
    encoding    token ids and labels, the same as LLaMA-Factory's own but for the turns that carry none
    rows        the rows of a stage
    writing     the folder, complete or absent
    origin      what it was made of, and whether that has changed
    showing     a row as text, with what is trained marked
"""

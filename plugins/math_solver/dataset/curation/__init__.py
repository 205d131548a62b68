"""Deciding which rows are worth training on.

The way of a row, each step a module; whatever leaves has a reason, and evidence to look at::

    validated     ..validation      its programs run again, its conclusion supported by what they print
    sound         quality           the shape of the solution: program, repairs, boxes, what the answer rests on
    clean         decontamination   no copy, rewording, translation or renumbering of a benchmark item
    distinct      duplicates        the question or solution is not there already
    decided       undecided         on request: what no filter can tell is asked of a model
    chosen        selection         pass rates, solutions per problem, caps, balance, shares of the inputs
    on one side   selection         of the validation split, with its family
"""

"""A model that gets better by its own solutions, in rounds of commands that exist.

The way of a round::

    settings    what the YAML says
    plan        the commands of a round, with the files that each reads and makes
    stamps      which of them are done, read off the files
    course      round after round: run the commands, judge the model, keep it or not, stop or go on
    gate        whether a model is better than the one before, on problems that nobody trained on

The commands themselves run elsewhere: ``course`` is handed whoever runs them.
"""

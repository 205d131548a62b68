"""Problems and a teacher at any OpenAI-compatible endpoint in, verified trajectories out.

The way of a sample::

    steering    which problem gets the next one
    sampling    solved with the loop, protocol and interpreter of serving, and judged   variety, running
    asking      each of its requests from the ledger, or sent within the budget         ledger, spending
    limiter     when, and to which endpoint; transport carries it there and back        teachers

``campaign`` takes all problems through this; ``session`` is a run from start to end. ``new_problems`` is another: what
``proposing`` asks a teacher to write is solved by samples, and kept where their answers agree (``agreement``).
"""

"""Whether a solution holds: every program run again, what it prints, what is concluded of it, and a proof of both.

Two users, one design::

    drafts        whose claimed outputs nobody believes: the real ones take their place, what fails is dropped
    any dataset   whose outputs are to be believed: each row is valid, repaired or invalid, and none is lost

    executions    programs run in one session, equal ones once             which a killed run keeps (``store``)
    differences   how the real output differs from the stored one          ``float_digits``, ``traceback``, ...
    judging       what the last program did, what the conclusion rests on  ``wrong_answer``, ``no_output``, ...
    proof         a hash of all that, which ``scripts/validate.py --check`` proves again

Who runs programs is injected: ``Run`` for one program alone, ``RunAll`` for those of a trajectory in one session.
"""

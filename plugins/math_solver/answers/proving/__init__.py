"""Proofs by SymPy, in a process of their own."""

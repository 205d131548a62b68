"""Containers: sessions of the interpreter that outlive a request."""

"""Numbers in sets that are joined as relations between them come up."""

from __future__ import annotations

from array import array

__all__ = ["Families"]


class Families:
    """Union-find over numbers from 0 on, four bytes each up to the largest that was joined; others are alone."""

    def __init__(self) -> None:
        self._parent = array("I")

    def find(self, number: int) -> int:
        """The smallest number of the family."""
        parent = self._parent
        if not 0 <= number < len(parent):
            return number
        root = number
        while parent[root] != root:
            root = parent[root]
        while parent[number] != root:
            parent[number], number = root, parent[number]
        return root

    def join(self, one: int, two: int) -> None:
        self._parent.extend(range(len(self._parent), max(one, two) + 1))
        first, second = sorted((self.find(one), self.find(two)))
        self._parent[second] = first

"""Pages on which people decide about answers and write solutions; they work with no network."""

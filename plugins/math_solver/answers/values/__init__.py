"""What an answer is once read: trees, their exact and numeric values, sets of reals."""

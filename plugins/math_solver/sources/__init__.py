"""Where problems and solutions come from: benchmarks, generated families, and transcripts of other programs.

One module for each source, opening with a real row.
"""

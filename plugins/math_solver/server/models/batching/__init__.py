"""Many requests at once on the Hugging Face engine."""

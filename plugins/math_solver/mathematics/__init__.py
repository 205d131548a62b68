"""Mathematics found in text."""

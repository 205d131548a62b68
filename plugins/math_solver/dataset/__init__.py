"""From trajectories to data worth training on: evidence, curation, renderings, what LLaMA-Factory makes of them."""

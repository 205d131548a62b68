"""The library of math_solver. Rooms, lower ones first; a room imports from those above it here only:

records, log, journal     problems and trajectories as data; append-only JSONL
address                   where a server or a page listens
mathematics/              formulas, listings and boxes found in text
protocol/                 the tool, its prompts; calls and thoughts written and read
interpreter/              the sandbox that runs programs
answers/                  what an answer means: read, compared, proved; votes
solving/                  the loop of model and interpreter; a worked solution as text
sources/                  benchmarks, families and transcripts that problems come from
dataset/                  which trajectories are trained on, as LLaMA-Factory loads them
evaluation/, report/      figures with intervals; what they look like
pages/                    what people review and write on
server/                   the plugin of ``llamafactory-cli api``
commands/                 what several scripts share: options, doctor, demo
"""

__version__ = "0.1.0"

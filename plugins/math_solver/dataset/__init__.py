"""From trajectories to the datasets that LLaMA-Factory loads.

The way of a trajectory::

    draft         sources.transcripts.read_drafts   question, thoughts, programs, claimed outputs, conclusion
    executed      validation.drafts               every program run again, its real output in place of the claim
    supported     evidence.judge_conclusion         the boxed answer is among the printed values
    judged        validation.judging              correct, incorrect or, without a gold answer, unverifiable
    curated       curation.curating                 sound, no benchmark item, not there already, in its share
    rendered      sharegpt.build                    a record of turns, with tool calls or with fenced programs
                  preference, feedback              pairs and judged turns, of right and wrong solutions side by side
                  plain                             text
                  tokenized                         token ids, where rows of text cannot say what is trained
    registered    registration.register             data/NAME.jsonl and its entry in dataset_info.json
    loaded        preflight.Preflight               by LLaMA-Factory's own loader: every row, none cut

At each step a trajectory may be dropped; every drop names its reason, and the reasons are counted.
"""

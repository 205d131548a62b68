"""Datasets that are not there, and rows that a run drops, cuts, misreads or breaks on."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from os.path import exists
from pathlib import Path

from ...dataset.registration import INFO
from ...dataset.tokenized.origin import read_origin
from ...disk import parse_json, read_whole
from ...records import RecordError
from ..case import Case
from ..findings import Said, error, note, warning
from ..rows import LOADERS, WARNINGS, DataProblem, dataset_entries

RANKED = ("dpo", "rm")
# Keys that say nothing any more once tokens are read from a folder (data/loader.py)
TEXT_KEYS = ("dataset", "eval_dataset", "cutoff_len", "template", "packing", "neat_packing", "max_samples", "val_size")
PLACES = ("file_name", "hf_hub_url", "ms_hub_url", "om_hub_url", "script_url", "cloud_file_name")
ENTRY_KEYS = frozenset(
    {*PLACES, "formatting", "ranking", "subset", "split", "folder", "num_samples", "columns", "tags"}
)
COLUMN_KEYS = frozenset(
    "prompt query response history messages system tools images videos audios chosen rejected kto_tag".split()
)
TAG_KEYS = frozenset("role_tag content_tag user_tag assistant_tag observation_tag function_tag system_tag".split())
COLUMNS = {"dpo": "chosen_input_ids", "rm": "chosen_input_ids", "kto": "kl_input_ids"}
DROPPED_SHARE = 0.01
# For these the converter leaves nothing of a row, and in KTO the next one takes its answer from it
EMPTIED = (WARNINGS["Invalid role tag"], WARNINGS["Invalid message count"])


def _names(case: Case) -> list[str]:
    return [*case.recipe.names("dataset"), *case.recipe.names("eval_dataset")]


def unregistered_dataset(case: Case) -> Iterator[Said]:
    entries = dataset_entries(case.recipe)
    if case.recipe.tokens_ready:
        return
    if isinstance(entries, DataProblem):
        yield error(entries.found, entries.remedy)
        return
    folder = str(case.value("dataset_dir"))
    if folder == "ONLINE" or folder.startswith("REMOTE:"):
        yield note(f"dataset_dir: {folder}: the rows are on a hub and were not looked at")
        return
    for name in _names(case):
        if name not in entries:
            near = get_close_matches(name, entries, n=1)
            if all(part in entries for part in name.split()):
                yield error(f"{name}: names are divided by commas", f"dataset: {','.join(name.split())}")
                continue
            known = f"did you mean {near[0]}?" if near else f"it has {', '.join(list(entries)[:8]) or 'none'}"
            yield error(f"{name}: not in {folder}/{INFO}", f"{known}; scripts/build_dataset.py registers")
        elif not isinstance(entries[name], dict) or not any(isinstance(entries[name].get(key), str) for key in PLACES):
            yield error(f"{name}: its entry in {folder}/{INFO} names no file", "a file_name")
        elif not isinstance(entries[name].get("file_name"), str):
            yield note(f"{name}: its rows are not in a file here and were not looked at")


def unknown_entry_key(case: Case) -> Iterator[Said]:
    """data/parser.py passes over keys that it does not know, and takes what it would have without them."""
    entries = dataset_entries(case.recipe)
    if isinstance(entries, DataProblem) or case.recipe.tokens_ready:
        return
    for name in _names(case):
        entry = entries.get(name)
        if not isinstance(entry, dict):
            continue
        parts = [(entry, ENTRY_KEYS), (entry.get("columns"), COLUMN_KEYS), (entry.get("tags"), TAG_KEYS)]
        for part, known in parts:
            for key in sorted(part.keys() - known) if isinstance(part, dict) else ():
                near = get_close_matches(key, known, n=1)
                remedy = f"write {near[0]}" if near else f"delete it; known are {', '.join(sorted(known))}"
                yield warning(f"{name}: {key} in its entry in {INFO} has no effect", remedy)


def wrong_kind_of_dataset(case: Case) -> Iterator[Said]:
    """data/loader.py: pairs go with dpo and rm, and nothing else does."""
    entries = dataset_entries(case.recipe)
    if isinstance(entries, DataProblem) or case.recipe.tokens_ready:
        return
    for name in _names(case):
        entry = entries.get(name)
        if not isinstance(entry, dict):
            continue
        ranking, wanted = bool(entry.get("ranking")), case.recipe.stage in RANKED
        if ranking != wanted:
            what = "holds pairs" if ranking else "holds no pairs (no ranking: true)"
            remedy = "stage: dpo" if ranking else "a dataset of scripts/build_dataset.py --stage dpo"
            yield error(f"{name} {what}, so stage: {case.recipe.stage} refuses it", remedy)
        columns = entry.get("columns")
        if case.recipe.stage == "kto" and not (isinstance(columns, dict) and columns.get("kto_tag")):
            yield error(f"{name} names no kto_tag column", "scripts/build_dataset.py --stage kto")


def unreadable_dataset(case: Case) -> Iterator[Said]:
    for problem in case.data.values():
        if isinstance(problem, DataProblem):
            yield error(problem.found, problem.remedy)


def breaking_rows(case: Case) -> Iterator[Said]:
    """Rows on which the converter or the template raises, and with them the run."""
    for read in case.reads:
        if read.broken_number:
            more = f" ({read.broken_number} such rows)" if read.broken_number > 1 else ""
            yield error(f"{read.name}: {read.broken[0]}{more}", "mend the row or leave it out; the run ends there")


def dropped_rows(case: Case) -> Iterator[Said]:
    """Left out with a warning in the log; in KTO the next row then has no answer to compare with (feedback.py)."""
    for read in case.reads:
        for reason, number in read.dropped.items():
            found = f"{read.name}: {number} of {read.rows} rows are dropped, {reason}: {read.first_dropped[reason]}"
            if case.recipe.stage == "kto" and reason in EMPTIED:
                yield error(f"{found}; stage kto ends there in IndexError", "mend the rows or leave them out")
            elif number > DROPPED_SHARE * read.rows:
                yield error(found, "mend the rows; data/README.md shows the form")
            else:
                yield warning(found, "mend the rows; data/README.md shows the form")


def spoiled_rows(case: Case) -> Iterator[Said]:
    """data/converter.py logs a wrong role of ``chosen`` and keeps the row."""
    for read in case.reads:
        if read.spoiled_number:
            more = f" ({read.spoiled_number} such rows)" if read.spoiled_number > 1 else ""
            yield error(f"{read.name}: {read.spoiled[0]}{more}", "mend the row or leave it out")


def nothing_left(case: Case) -> Iterator[Said]:
    for read in case.reads:
        if not read.taken:
            yield error(f"{read.name}: no row of {read.rows} can be trained on", "mend the file or its entry")


def cut_rows(case: Case) -> Iterator[Said]:
    """data/processor: the end of each turn is cut without a word, the first one's too."""
    for read in case.reads:
        if read.question_cut:
            yield error(
                f"{read.name}: {read.question_cut} of {read.sampled} rows lose the end of their question; the longest"
                f" has {read.longest} tokens, and cutoff_len is {case.recipe.row_length}",
                f"cutoff_len: {_rounded(read.longest)}, or leave them out",
            )
        elif read.cut:
            share = f"{read.cut} of {read.sampled} rows are cut, by {read.cut_tokens} tokens in all"
            yield warning(
                f"{read.name}: {share}; the longest has {read.longest}", f"cutoff_len: {_rounded(read.longest)}"
            )


def _rounded(length: int) -> int:
    return (length // 256 + 1) * 256


def nothing_trained(case: Case) -> Iterator[Said]:
    """A batch of such rows alone has no token to divide the loss by."""
    for read in case.reads:
        if read.untrained:
            yield error(
                f"{read.name}: {read.untrained} of {read.sampled} rows have no token with loss", "leave them out"
            )


def marks_in_text(case: Case) -> Iterator[Said]:
    """A tokenizer reads a chat token in a row's text as that token, and the model learns turns that nobody took."""
    for read in case.reads:
        if read.marked and not case.on("split_special_tokens"):
            words = " or ".join(case.model.template.stop_words)
            yield warning(f"{read.name}: {read.marked} rows hold {words} in their text", "leave them out")


def empty_answers(case: Case) -> Iterator[Said]:
    for read in case.reads:
        if read.empty:
            yield warning(f"{read.name}: {read.empty} rows have an answer without text", "leave them out")


def one_kind_of_feedback(case: Case) -> Iterator[Said]:
    for read in case.reads:
        if case.recipe.stage == "kto" and len(+read.tags) == 1:
            (only,) = +read.tags
            yield error(f"{read.name}: every row is {'right' if only else 'wrong'}: nothing to compare", "take both")


def too_little_text(case: Case) -> Iterator[Said]:
    """data/processor/pretrain.py: what does not fill a block is dropped."""
    if case.recipe.stage == "pt" and case.plan and case.plan.tokens == 0 and case.model.tokenizer is not None:
        yield error(f"the text does not fill one block of {case.recipe.row_length} tokens", "a smaller cutoff_len")


def stale_tokens(case: Case) -> Iterator[Said]:
    """data/loader.py: a folder that is there is read, and every other key about data says nothing."""
    folder = case.recipe.tokens_ready
    if folder is None:
        return
    written = [key for key in TEXT_KEYS if key in case.recipe.settings]
    yield from _origin_differs(case, folder)
    yield from _columns_differ(case, folder)
    newer = [path for path in _data_files(case) if path.stat().st_mtime > folder.stat().st_mtime]
    if newer:
        yield warning(f"tokenized_path {folder} is older than {newer[0]}", f"delete {folder}, or name another")
    elif written:
        yield note(f"tokenized_path {folder} is read as it is; {', '.join(written)} have no effect on it")


def _columns_differ(case: Case, folder: Path) -> Iterator[Said]:
    """What the saved columns say of the stage and of packing."""
    try:
        columns = set(parse_json(read_whole(folder / "train" / "dataset_info.json"))["features"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    stages = [stage for stage, column in COLUMNS.items() if column in columns] or ["sft"]
    if case.recipe.stage in ("sft", *COLUMNS) and case.recipe.stage not in stages:
        yield error(f"{folder} holds tokens for stage {stages[0]}, not {case.recipe.stage}", f"delete {folder}")
    elif case.recipe.packs and "position_ids" not in columns:
        packing = "neat_packing" if case.on("neat_packing") else "packing"
        yield warning(f"{folder} is not packed, whatever the recipe says", f"delete {folder}, or {packing}: false")


def _origin_differs(case: Case, folder: Path) -> Iterator[Said]:
    """What ``scripts/tokenize_dataset.py`` wrote down beside its tokens."""
    try:
        made = read_origin(folder)
        template = made.get("template") or {}
        now = {"stage": case.recipe.stage, "cutoff_len": case.recipe.row_length}
        was = {"stage": made.get("stage"), "cutoff_len": made.get("cutoff_len")}
        now["template"], was["template"] = case.value("template"), template.get("template")
        now["model"] = case.value("model_name_or_path")
        was["model"] = (made.get("model") or {}).get("model_name_or_path")
    except (RecordError, AttributeError):
        return
    for key in now:
        if now[key] != was[key]:
            yield error(f"{folder} was made for {key} {was[key]}, not {now[key]}", "scripts/tokenize_dataset.py again")


def _data_files(case: Case) -> Iterator[Path]:
    entries = dataset_entries(case.recipe)
    if isinstance(entries, DataProblem):
        return
    for name in _names(case):
        entry = entries.get(name)
        file = entry.get("file_name") if isinstance(entry, dict) else None
        path = Path(str(case.value("dataset_dir"))) / str(file)
        if file and exists(path):
            yield path


def unread_stage(case: Case) -> Iterator[Said]:
    if case.recipe.stage not in LOADERS:
        yield note(f"stage: {case.recipe.stage}: its rows were not looked at")


def slow_tokenizing(case: Case) -> Iterator[Said]:
    """While the first process tokenises, the others wait for it, by default half an hour."""
    rows = sum(read.rows for read in case.reads)
    seconds = case.recipe.number("ddp_timeout", 1800)
    if case.machine.processes > 1 and rows > 200_000 and seconds <= 1800 and not case.value("tokenized_path"):
        yield warning(
            f"{rows} rows are tokenised while other processes wait {seconds:g} s at most",
            "ddp_timeout: 180000000, or fill tokenized_path beforehand",
        )

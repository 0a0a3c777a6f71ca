#!/usr/bin/env bash
# Builds the benchmarks and runs the built-in networks beside plain PyTorch loops; arguments as for networks.py.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dotnet build -c Release "$here/../performance" -v quiet --nologo
exec "${PYTHON:-python3}" "$here/networks.py" "$@"

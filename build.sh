#!/usr/bin/env bash
# Runs the build: ./build.sh [--target=NAME]. Needs the .NET SDK that global.json names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet tool restore
dotnet cake build.cake "$@"

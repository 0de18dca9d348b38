#!/usr/bin/env bash
# Runs the Functions app on this machine against Azurite, which must be running (scripts/azurite.sh).
set -euo pipefail
cd "$(dirname "$0")/../src/IngestPipeline.Functions"

command -v func > /dev/null || { echo "func-start.sh: Azure Functions Core Tools 4 are missing; see https://aka.ms/func-core-tools, or use 'ingest run --store azurite', which needs none" >&2; exit 1; }
if [ ! -f local.settings.json ]; then
  cp local.settings.template.json local.settings.json
  echo "func-start.sh: wrote local.settings.json from the template; put your own address into UserAgentContact"
fi
exec func start

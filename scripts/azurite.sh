#!/usr/bin/env bash
# Starts Azurite, the storage emulator, on this machine alone: ./scripts/azurite.sh [FOLDER]. Ctrl-C stops it; what it holds stays in the folder.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-.azurite}
package=tests/IngestPipeline.Azurite.Tests/azurite

command -v npm > /dev/null || { echo "azurite.sh: npm is missing; install Node.js 20 or later" >&2; exit 1; }
# What the lockfile's digests name, and no script of a package.
[ -x "$package/node_modules/.bin/azurite" ] || npm --prefix "$package" ci --ignore-scripts --no-audit --no-fund --loglevel=error
echo "Azurite: blobs on 127.0.0.1:10000, queues on 10001, tables on 10002; data in $folder"
exec "$package/node_modules/.bin/azurite" --silent --disableTelemetry --skipApiVersionCheck --location "$folder" \
  --blobHost 127.0.0.1 --queueHost 127.0.0.1 --tableHost 127.0.0.1

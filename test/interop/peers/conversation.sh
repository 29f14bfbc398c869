# Answers requests line by line: `sign CLAIMS` with a token, `verify TOKEN` with its claims or `refused`. The secret is JWT_SECRET's.
set -uo pipefail

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# Uses the functions `sign` and `verify`; `verify` fails where the token is refused, whatever it has printed.
converse() {
  local verb argument answer
  while IFS=' ' read -r verb argument; do
    if answer=$("$verb" "$argument" 2>/dev/null); then printf '%s\n' "$answer"; else echo refused; fi
  done
}

# The program that the argument names, and what a shell has for it. It answers requests line by line: `sign CLAIMS` with a token,
# `verify TOKEN` with its claims or `refused`: that fails where the token is refused, whatever it has printed. The secret is JWT_SECRET's.
set -uo pipefail

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
unbase64url() {
  local text=$1
  while ((${#text} % 4)); do text+='='; done
  printf %s "$text" | tr -- '-_' '+/' | openssl base64 -d -A
}

hex=$(printf %s "$JWT_SECRET" | od -An -v -tx1 | tr -d ' \n')
mac() { printf %s "$1" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$hex" -binary | base64url; }
sign_openssl() {
  local input
  input=$(printf '{"alg":"HS256"}' | base64url).$(printf %s "$1" | base64url)
  printf '%s.%s' "$input" "$(mac "$input")"
}
verify_openssl() {
  local header payload signature
  IFS=. read -r header payload signature <<<"$1"
  [[ $(unbase64url "$header") =~ \"alg\":\ ?\"HS256\" ]] && [ "$(mac "$header.$payload")" = "$signature" ] && unbase64url "$payload"
}

jwk=$(printf '{"kty":"oct","alg":"HS256","k":"%s"}' "$(printf %s "$JWT_SECRET" | base64url)")
sign_jose() { printf %s "$1" | jose jws sig -I- -k <(printf %s "$jwk") -s '{"protected":{"alg":"HS256","typ":"JWT"}}' -c; }
verify_jose() { printf %s "$1" | jose jws ver -i- -k <(printf %s "$jwk") -O-; }

sign_rnbyc() { rnbyc -s "$1" -a HS256 -W "$JWT_SECRET"; }
verify_rnbyc() {
  local answer
  answer=$(rnbyc -n 0 -t "$1" -W "$JWT_SECRET") || return
  grep -qx 'Token signature verified' <<<"$answer" && tail -n 1 <<<"$answer"
}

while IFS=' ' read -r verb argument; do
  if answer=$("${verb}_$1" "$argument" 2>/dev/null); then printf '%s\n' "$answer"; else echo refused; fi
done

# openssl, with what a shell has.
. "$(dirname "$0")/conversation.sh"

key=$(printf %s "$JWT_SECRET" | od -An -v -tx1 | tr -d ' \n')

mac() { printf %s "$1" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64url; }
unbase64url() {
  local text=$1
  while ((${#text} % 4)); do text+='='; done
  printf %s "$text" | tr -- '-_' '+/' | openssl base64 -d -A
}

sign() {
  local input
  input=$(printf '{"alg":"HS256"}' | base64url).$(printf %s "$1" | base64url)
  printf '%s.%s' "$input" "$(mac "$input")"
}

verify() {
  local header payload signature
  IFS=. read -r header payload signature <<<"$1"
  [[ $(unbase64url "$header") =~ \"alg\":\ ?\"HS256\" ]] && [ "$(mac "$header.$payload")" = "$signature" ] && unbase64url "$payload"
}

converse

# latchset's jose, on the command line.
. "$(dirname "$0")/conversation.sh"

key=$(printf '{"kty":"oct","alg":"HS256","k":"%s"}' "$(printf %s "$JWT_SECRET" | base64url)")

sign() { printf %s "$1" | jose jws sig -I- -k <(printf %s "$key") -s '{"protected":{"alg":"HS256","typ":"JWT"}}' -c; }
verify() { printf %s "$1" | jose jws ver -i- -k <(printf %s "$key") -O-; }

converse

# rnbyc, the command line of rhonabwy.
. "$(dirname "$0")/conversation.sh"

sign() { rnbyc -s "$1" -a HS256 -W "$JWT_SECRET"; }
verify() {
  local answer
  answer=$(rnbyc -n 0 -t "$1" -W "$JWT_SECRET") || return
  grep -qx 'Token signature verified' <<<"$answer" && tail -n 1 <<<"$answer"
}

converse

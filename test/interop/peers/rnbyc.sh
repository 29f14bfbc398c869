# rnbyc, the command line of rhonabwy. It checks no time.
. "$(dirname "$0")/conversation.sh"

sign() { rnbyc -s "$1" -a HS256 -W "$JWT_SECRET"; }
verify() {
  local answer
  answer=$(rnbyc -n 0 -t "$1" -W "$JWT_SECRET") || return # it prints what it refuses, too
  grep -qx 'Token signature verified' <<<"$answer" && tail -n 1 <<<"$answer"
}

converse

#!/usr/bin/env bash
# Runs the README's first command until the demo has done its exchange, and looks at what it printed and at its pages.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
setsid ./mvnw -B -ntp -Pdemo > "$log" 2>&1 &
demo=$!
trap 'kill -- -$demo 2>/dev/null || true; rm -f "$log"' EXIT
for _ in $(seq 600); do
  grep -q 'Ctrl-C ends both' "$log" && break
  kill -0 "$demo" 2>/dev/null || { cat "$log"; echo "the demo has ended by itself" >&2; exit 1; }
  sleep 1
done
grep '\[demo\]' "$log"
grep -q 'Ctrl-C ends both' "$log" || { tail -n 50 "$log"; echo "the demo did not get to its end" >&2; exit 1; }
grep -q 'The content is the same' "$log"
for port in 8080 8081; do
  curl -fsS "http://localhost:$port/" | grep -q '<title>IPFS peer</title>'
  curl -fsS "http://localhost:$port/actuator/health" | grep -q '"status":"UP"'
done
echo "both peers are up with their pages"
kill -- -"$demo"
wait "$demo" 2>/dev/null || true

#!/usr/bin/env bash
# Tries the README's tour as a new user would: installs the starter into the local repository, writes the files that
# the README shows into an empty directory outside this repository, builds them, and does with two peers what the
# README says.
set -euo pipefail
cd "$(dirname "$0")/.."
tour=$1
./mvnw -B -ntp -q install -DskipTests -pl ipfs-toolkit-spring-boot-starter -am
mkdir -p "$tour"
python3 .ci/readme_files.py README.md "$tour"
cp -r mvnw .mvn "$tour"
rm -f "$tour/.mvn/jvm.config"
cd "$tour"
./mvnw -B -ntp -q package

peers=()
trap 'kill "${peers[@]}" 2>/dev/null || true; wait "${peers[@]}" 2>/dev/null || true' EXIT
start() {
  java -jar target/chat-1.0.jar --server.port="$2" --ipfs.data-directory="$1" > "$1.log" 2>&1 &
  peers+=($!)
}
until_up() {
  for _ in $(seq 240); do
    curl -fsS "localhost:$1/actuator/health" > /dev/null 2>&1 && return
    kill -0 "${peers[-1]}" || { cat ./*.log; exit 1; }
    sleep 1
  done
  cat ./*.log
  exit 1
}
start alice 8080
start bob 8081
until_up 8080
until_up 8081
address=$(curl -fsS localhost:8080/addresses | python3 -c 'import json, sys; print(json.load(sys.stdin)[0])')
echo "Bob meets Alice: $(curl -fsS -X POST -G localhost:8081/contacts/alice --data-urlencode "address=$address")"
curl -fsS -X POST -H 'Content-Type: text/plain' -d 'Hello Alice' localhost:8081/say/alice
echo
grep 'says: Hello Alice' alice.log
curl -fsS localhost:8080/actuator/health | grep -q '"status":"UP"'

# Bob still knows Alice after a restart
kill "${peers[1]}"
wait "${peers[1]}" || true
start bob 8081
until_up 8081
curl -fsS -X POST -H 'Content-Type: text/plain' -d 'Hello again' localhost:8081/say/alice
echo
grep 'says: Hello again' alice.log

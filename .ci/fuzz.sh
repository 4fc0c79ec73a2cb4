#!/usr/bin/env bash
# Looks for inputs that a parser of what peers send does not stand, guided by coverage, beginning with the kept ones:
#   .ci/fuzz.sh SECONDS [CLASS.METHOD…]
# Each target (all, or those named, such as ProtocolFuzzTests.frame) runs for so many seconds in a JVM of its own, two at
# the same time. With KEEP=true the kept inputs become the fewest that reach what was reached by all of them.
# A finding fails, and is put among the kept inputs: the ordinary tests fail with it from then on.
set -euo pipefail
cd "$(dirname "$0")/../ipfs-toolkit-spring-boot-autoconfigure"
seconds=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd .. && ./mvnw -B -ntp -q test-compile dependency:build-classpath -pl ipfs-toolkit-spring-boot-autoconfigure \
  -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath")
# the fuzzer looks through all that is on the class path when it starts, so no more than the parsers need
needed='jazzer|junit|awaitility|hamcrest|opentest4j|apiguardian|assertj|byte-buddy|commons-logging|jspecify|reactor-core|reactive-streams'
needed+='|jackson|/netty-(common|resolver)-|/spring-(core|beans|context|messaging|security-crypto)-'
export CLASSPATH
CLASSPATH=target/test-classes:target/classes:$(tr : '\n' < "$work/classpath" | grep -E "$needed" | paste -sd:)

targets() {
  grep -rl --include='*FuzzTests.java' @FuzzTest src/test/java | sort | while read -r file; do
    class=$(sed 's|^src/test/java/||; s|\.java$||; s|/|.|g' <<< "$file")
    sed -n '/@FuzzTest/,/(byte/ s/^\tvoid \([A-Za-z]*\)(byte.*/\1/p' "$file" | sed "s|^|$class |"
  done
}

jazzer() {
  local class=$1 method=$2
  shift 2
  java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 com.code_intelligence.jazzer.Jazzer --target_class="$class" \
    --target_method="$method" "$@"
}

fuzz() {
  local class=$1 method=$2 name=${1##*.}.$2 kept found log
  kept=src/test/resources/${class//./\/}Inputs/$method
  found=$work/$name
  log=$work/$name.log
  mkdir -p "$kept" "$found"
  if ! jazzer "$class" "$method" -max_total_time="$seconds" -max_len=4096 "$found" > "$log" 2>&1; then
    tail -60 "$log"
    return 1
  fi
  # an instrumentation that does not work would find nothing for ever
  sed -n "s/^#\([0-9]*\)\tDONE *cov: \([0-9]*\).*/$name: \1 inputs, \2 branches/p" "$log" | grep . ||
    { tail -20 "$log"; return 1; }
  if [ "${KEEP:-}" = true ]; then
    mkdir "$work/$name.kept"
    jazzer "$class" "$method" -merge=1 -max_len=4096 "$work/$name.kept" "$kept" "$found" > "$log" 2>&1 ||
      { tail -20 "$log"; return 1; }
    rm -rf "$kept"
    cp -r "$work/$name.kept" "$kept"
  fi
}
export -f jazzer fuzz
export seconds work

targets > "$work/targets"
for target in "$@"; do
  grep -E "\\.${target/./ }\$" "$work/targets" || { echo "There is no target $target" >&2; exit 1; }
done > "$work/chosen"
[ $# -gt 0 ] || cp "$work/targets" "$work/chosen"
xargs -P 2 -L 1 bash -c 'set -euo pipefail; fuzz "$@"' fuzz < "$work/chosen"
echo "$(wc -l < "$work/chosen") parsers fuzzed for $seconds s each"

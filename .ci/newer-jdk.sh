#!/usr/bin/env bash
# Prints the home of a JDK 25 or newer: $JDK25_HOME, or one that is installed where Linux distributions put them.
set -euo pipefail
for home in "${JDK25_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  [ -n "$home" ] && [ -x "$home/bin/javac" ] || continue
  version=$("$home/bin/javac" -version 2>&1 | sed -E 's/^javac ([0-9]+).*/\1/')
  if [ "$version" -ge 25 ]; then
    echo "$home"
    exit 0
  fi
done
echo "No JDK 25 or newer found: install one, or set JDK25_HOME to its directory" >&2
exit 1

# shellcheck shell=bash
# Sets JAVA_HOME to a JDK that is new enough, or says what is missing. Sourced by ./kindred and ./mvnw.
jdk_needed=25

jdk_version_of() { # HOME -> the major version, or nothing
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  local home version on_path
  on_path=$(command -v javac 2>/dev/null || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /opt/java/* /opt/jdk*; do
    [ -n "$home" ] || continue
    version=$(jdk_version_of "$home")
    if [ -n "$version" ] && [ "$version" -ge "$jdk_needed" ]; then
      export JAVA_HOME=$home
      return 0
    fi
  done
  cat >&2 <<MESSAGE
kindred: no JDK $jdk_needed or newer was found (JAVA_HOME is '${JAVA_HOME:-not set}').
Install one and try again, for example:
  Debian, Ubuntu   apt-get install temurin-25-jdk      (Adoptium's package source), or openjdk-25-jdk
  macOS            brew install openjdk@25
  anywhere         sdk install java 25-tem             (SDKMAN)
or set JAVA_HOME to the folder of one.
MESSAGE
  return 1
}

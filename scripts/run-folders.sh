# shellcheck shell=bash
# Run folders: which servers belong to which project folder, and who must live for them to be wanted. Sourced by
# scripts/services. A run folder lies under $cache/run and holds the servers' data, their logs, and these files:
#
#   project   the project folder it was started for
#   mode      test or durable
#   keeper    "PID START" of the script that must live for the servers to be wanted; gone once 'up' has finished
#   servers   a line a server: "NAME PID START SIGNAL" with the signal that ends it, or "NAME docker CONTAINER"
#   exports   what the user is given, as lines to eval

# A pid alone may come to mean another process; together with its start time it does not.
start_of() { # PID -> when it started; nothing if it has ended
  local stat
  if [ ! -d /proc/self ]; then
    ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' _ || true
  elif stat=$(cat "/proc/$1/stat" 2>/dev/null); then
    # shellcheck disable=SC2086 # the fields after the name, which may hold spaces itself
    set -- ${stat##*) }
    [ "$1" = Z ] || echo "${20}"
  fi
}

is_alive() { [ -n "${2:-}" ] && [ "$(start_of "$1")" = "$2" ]; } # PID START

server_is_alive() { # NAME PID START SIGNAL | NAME docker CONTAINER
  case $2 in
    docker) [ "$(docker inspect -f '{{.State.Running}}' "$3" 2>/dev/null)" = true ] ;;
    *) is_alive "$2" "$3" ;;
  esac
}

stop_server() { # NAME PID START SIGNAL | NAME docker CONTAINER
  local tries=0
  server_is_alive "$@" || return 0
  if [ "$2" = docker ]; then
    docker rm -f "$3" >/dev/null 2>&1 || true
    return 0
  fi
  kill -s "$4" "$2" 2>/dev/null || true
  while is_alive "$2" "$3"; do
    tries=$((tries + 1))
    [ $tries -ne 200 ] || kill -s KILL "$2" 2>/dev/null || true
    [ $tries -lt 300 ] || { say "$1 (process $2) does not end" && return 0; }
    sleep 0.05
  done
}

# each_server RUN COMMAND...: COMMAND with the fields of each line; stops at the first that fails.
each_server() {
  local fields file=$1/servers
  shift
  while IFS=' ' read -r -a fields; do
    "$@" "${fields[@]}" </dev/null || return 1
  done <"$file"
}

all_servers_live() { [ -s "$1/servers" ] && each_server "$1" server_is_alive; } # RUN

discard_run() { # RUN, which may be empty or gone
  [ -n "$1" ] && [ -d "$1" ] || return 0
  [ ! -f "$1/servers" ] || each_server "$1" stop_server
  rm -rf "$1"
}

# Clears away what a killed script, a removed project folder or a reboot has left behind.
sweep_runs() {
  local folder keeper
  for folder in "$cache"/run/*; do
    [ -d "$folder" ] || continue
    keeper=$(cat "$folder/keeper" 2>/dev/null) || keeper=
    if [ -z "$keeper" ]; then
      { [ -d "$(cat "$folder/project")" ] && all_servers_live "$folder"; } || discard_run "$folder"
    else
      # shellcheck disable=SC2086 # two fields
      is_alive $keeper || discard_run "$folder"
    fi
  done
}

# Sets 'run' to a new folder, kept by this script.
new_run() { # PROJECT MODE
  lock run
  sweep_runs
  run=$(mktemp -d "$cache/run/XXXXXX")
  echo "$$ $(start_of $$)" >"$run/keeper"
  unlock
  echo "$1" >"$run/project"
  echo "$2" >"$run/mode"
  : >"$run/servers"
  : >"$run/exports"
  chmod 755 "$run"
}

# The servers stay although this script ends.
keep_run() { rm "$run/keeper"; }

# The run folders that 'up' has left for a project folder, one a line.
runs_kept_for() { # PROJECT
  local folder
  for folder in "$cache"/run/*; do
    if [ -f "$folder/project" ] && [ ! -f "$folder/keeper" ] && [ "$(cat "$folder/project")" = "$1" ]; then
      echo "$folder"
    fi
  done
}

# One process at a time, where the system has flock.
lock() { # NAME
  command -v flock >/dev/null || return 0
  exec 9>"$cache/$1.lock"
  flock 9
}

unlock() { exec 9>&-; }

#!/usr/bin/env bash
# Times whole runs of `admit` over synthetic accounts and prints a Markdown table: `benches/whole-process.sh [RULES[/USERS]…]`
# (else 100, 1000 and 10000; with `all` also 100000, 100000/1000 (the policy alone) and 100/1000000 (users alone)).
#
# An account of P rules has 10·P users (a million at most) in about 5 groups each, nested three deep, and apps that ask for about 6 of 200
# scopes (benches/support). RUNS=N sets how often each command runs; the table shows the fastest and the median, as seconds that passed,
# and the least processor time. Memory is the peak of one run. FORMATS="csv jsonl yaml" are those of the users' facts; a million
# users are not measured as YAML.
# KEEP=DIR keeps the accounts there; ADMIT=FILE measures another binary.
set -euo pipefail
cd "$(dirname "$0")/.."

sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(100 1000 10000)
[ "${sizes[*]}" != all ] || sizes=(100 1000 10000 100000 100000/1000 100/1000000)
runs=${RUNS:-7}
queries=${QUERIES:-100000}
day=2026-12-01

if [ -n "${KEEP:-}" ]; then
  folder=$KEEP
  mkdir -p "$folder"
else
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi

if [ -z "${ADMIT:-}" ]; then
  cargo build --release --quiet
  ADMIT=$PWD/target/release/admit
fi

# seconds COMMAND…: every run's seconds and seconds of processor time, sorted, one a line. A denial (3) and findings (1) are fine; anything else is not.
seconds() {
  local TIMEFORMAT='%R %U %S' run code
  for ((run = 0; run < runs; run++)); do
    code=0
    { time "$@" >"$folder/out" 2>"$folder/err"; } 2>"$folder/time" || code=$?
    case $code in
    0 | 1 | 3) tail -n 1 "$folder/time" | awk '{ printf "%s %.3f\n", $1, $2 + $3 }' ;;
    *)
      echo "\`$*\` ended with $code:" >&2
      cat "$folder/err" >&2
      exit 1
      ;;
    esac
  done | sort -n
}

# peak COMMAND…: the most memory it used at a time, in MB; `–` where nothing tells.
peak() {
  if /usr/bin/time -v true >/dev/null 2>&1; then # GNU
    { /usr/bin/time -v "$@" >/dev/null 2>"$folder/time" || true; }
    awk '/Maximum resident set size/ { printf "%.0f MB", $NF / 1024 }' "$folder/time"
  elif /usr/bin/time -l true >/dev/null 2>&1; then # BSD, macOS
    { /usr/bin/time -l "$@" >/dev/null 2>"$folder/time" || true; }
    awk '/maximum resident set size/ { printf "%.0f MB", $1 / 1048576 }' "$folder/time"
  else
    printf '–'
  fi
}

# row RULES FORMAT NAME COMMAND…
row() {
  local rules=$1 format=$2 name=$3 times
  shift 3
  times=$(seconds "$@")
  printf '| %s | %s | %s | %s s | %s s | %s s | %s |\n' "$rules" "$format" "$name" \
    "$(head -n 1 <<<"$times" | cut -d' ' -f1)" "$(sed -n "$((runs / 2 + 1))p" <<<"$times" | cut -d' ' -f1)" \
    "$(cut -d' ' -f2 <<<"$times" | sort -n | head -n 1)" "$(peak "$@")"
}

has() { "$ADMIT" help "$1" >/dev/null 2>&1 || "$ADMIT" "$1" --help >/dev/null 2>&1; }

echo "| rules/users | users as | command | fastest | median | processor | memory |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for rules in "${sizes[@]}"; do
  for format in ${FORMATS:-csv jsonl yaml}; do
    case $rules-$format in
    100000-yaml | */1000000-yaml) continue ;;
    */1000-jsonl | */1000-yaml) continue ;;
    esac
    account=$folder/${rules/\//-}-$format
    [ -d "$account" ] || cargo bench --quiet --bench synthetic -- "$account" "$rules" "$format" "$queries"
    has check && row "$rules" "$format" "\`check\`" "$ADMIT" check --project "$account"
    has can && row "$rules" "$format" "\`can … install …\`" \
      "$ADMIT" can user-0000001@northwind.example install app-17 --at "$day" --project "$account"
    has decide && row "$rules" "$format" "\`decide\`, $queries queries" \
      "$ADMIT" decide "$account/queries.jsonl" --project "$account"
    has decide && row "$rules" "$format" "\`decide --brief\`, $queries queries" \
      "$ADMIT" decide --brief "$account/queries.jsonl" --project "$account"
    [ -n "${KEEP:-}" ] || rm -rf "$account"
  done
done

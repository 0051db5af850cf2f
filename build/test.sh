#!/bin/sh
# All tests, in the order of the modules: unit (wire ... app), world (testkit), conformance. `./tipring test` calls it with
# JAVA_HOME and MVN set. Goes on after a failure, so that one run tells everything.
set -eu

CAMPAIGN=ci
QUICK=
for option in "$@"; do
  case $option in
    --quick) CAMPAIGN=quick QUICK='-Dquick -DexcludedGroups=long' ;; # few seeds, no Error Prone, no long tests
    --soak) CAMPAIGN=soak ;;                 # thousands of seeds; bench/results/soak.txt keeps what came of it
    *) echo "tipring: test takes --quick or --soak, not $option" >&2 && exit 2 ;;
  esac
done

LOG=target/test.log
SUMMARY=target/test.txt
BEGAN=$(date +%s)

main() {
  mkdir -p target
  rm -rf ./*/target/surefire-reports ./*/target/conformance.txt
  forget_unchecked_builds
  sh conformance/peers.sh
  echo "tipring: campaign $CAMPAIGN, whole log in $LOG"
  [ $CAMPAIGN != quick ] || echo 'tipring: tests tagged long are left to ./tipring test'
  maven | grep --line-buffered -E 'Tests run:.*Skipped: [0-9]+$|Building Tipring: |ERROR|BUILD |COMPILATION|^seed|not run' || true
  status=$(cat "$LOG.status")
  "$JAVA_HOME/bin/java" build/TestSummary.java "$status" | tee "$SUMMARY"
  [ $CAMPAIGN != soak ] || soaked >bench/results/soak.txt
  grep -q '^passed$' "$SUMMARY"
}

# Its status goes to a file: a pipe would swallow it.
maven() {
  {
    status=0
    # shellcheck disable=SC2086 # options are words
    "$MVN" -B -ntp -Dstyle.color=never $QUICK -Dtipring.campaign="$CAMPAIGN" -Dmaven.test.failure.ignore=true test 2>&1 </dev/null ||
      status=$?
    echo "$status" >"$LOG.status"
  } | tee "$LOG"
}

# To be committed: a campaign of hours is worth little when nobody can see that it was run.
soaked() {
  seconds=$(($(date +%s) - BEGAN))
  echo 'soak: every test of the house, the stories of the World over 2,000 seeds each (fewer where a story is dear)'
  echo 'command   ./tipring test --soak'
  echo "when      $(date -u +%Y-%m-%dT%H:%MZ), $((seconds / 60)) min $((seconds % 60)) s"
  echo "commit    $(git rev-parse --short HEAD 2>/dev/null || echo unknown)$([ -z "$(git status --porcelain 2>/dev/null)" ] || echo ' and changes')"
  echo "machine   $(nproc) processors, $(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB; load at the end $(cut -d' ' -f1-3 /proc/loadavg)"
  cat "$SUMMARY"
}

# What `./tipring run` built has not met Error Prone; Maven would take it as up to date.
forget_unchecked_builds() {
  [ -z "$QUICK" ] || return 0
  for built in ./*/target/built; do
    if [ -f "$built" ]; then
      rm -rf ./*/target/maven-status
      rm -f ./*/target/built
      return
    fi
  done
}

main

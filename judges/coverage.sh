#!/usr/bin/env bash
# Prints by module how many lines and branches the tests took, after
#
#     ./mvnw verify -Peverything,coverage
#
# and writes a report with every line to target/judges/coverage. Functions that run as packaged
# processes of their own are not counted.
set -euo pipefail
source "$(dirname "$0")/common.sh"

cd "$ROOT"
home="$JUDGES/coverage"
mkdir -p "$home"
version=$(sed -n 's|.*<jacoco.version>\(.*\)</jacoco.version>.*|\1|p' pom.xml)
./mvnw --batch-mode --quiet -N dependency:copy "-Dartifact=org.jacoco:org.jacoco.cli:$version:jar:nodeps" \
  -DoutputDirectory="$home" -Dmdep.stripVersion -Dformat.skip
mapfile -t records < <(find . -path '*/target/jacoco*.exec' -not -path './target/*')
if [ ${#records[@]} -eq 0 ]; then
  say "no coverage: run ./mvnw verify -Peverything,coverage first"
  exit 1
fi
for module in shared functions infra-cdk local; do
  java -jar "$home/org.jacoco.cli-nodeps.jar" report "${records[@]}" --name "$module" --quiet \
    --classfiles "$module/target/classes" --sourcefiles "$module/src/main/java" \
    --csv "$home/$module.csv" --html "$home/$module"
  # The columns: 6 and 7 branches missed and covered, 8 and 9 lines missed and covered.
  awk -F, -v module="$module" 'NR > 1 { mb += $6; cb += $7; ml += $8; cl += $9 }
    END { printf "judges: coverage of %-9s %5.1f %% of %d lines, %5.1f %% of %d branches\n", module,
      100 * cl / (ml + cl), ml + cl, mb + cb ? 100 * cb / (mb + cb) : 100, mb + cb }' "$home/$module.csv"
done

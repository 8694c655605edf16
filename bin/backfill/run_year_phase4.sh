#!/bin/sh
# Runs Phase 4: --year YYYY | --start-date DATE --end-date DATE, [--dry-run] [--sequential] [--skip-validation]
exec "$(dirname "$(readlink -f "$0")")/../nba-backfill" phase 4 "$@"

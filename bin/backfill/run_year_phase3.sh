#!/bin/sh
# Runs Phase 3: --year YYYY | --start-date DATE --end-date DATE, [--dry-run] [--sequential]
exec "$(dirname "$(readlink -f "$0")")/../nba-backfill" phase 3 "$@"

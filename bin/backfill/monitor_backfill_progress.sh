#!/bin/sh
# Shows how far the backfill has come: [--update] [--year YYYY]
exec "$(dirname "$(readlink -f "$0")")/../nba-backfill" monitor "$@"

import { type InjuryRow, type Raw, rowsOf, type ScheduledGame } from "./raw.ts";

export interface InjuryReport {
  /** Whether reports are known for this team's fixture; then whoever is not listed is available. */
  readonly known: boolean;
  /** The last row of each player that this team has named. */
  readonly players: ReadonlyMap<string, InjuryRow>;
}

export function isOut(row: InjuryRow | undefined): boolean {
  return row !== undefined && (row.status === "out" || row.status === "doubtful");
}

/** What the reports visible before a fixture say of one of its teams. */
export function injuryReport(visible: Raw, fixture: ScheduledGame, team: string): InjuryReport {
  const cutoff = Date.parse(fixture.asof_cutoff_at);
  const ofDate = rowsOf(visible.injury_reports, "game_date", fixture.game_date).filter(
    (row) => Date.parse(row.reported_at) < cutoff,
  );
  const own = ofDate
    .filter((row) => row.team === team)
    .sort((a, b) => Date.parse(a.reported_at) - Date.parse(b.reported_at));
  const newest = own.at(-1)?.reported_at;
  const newestRows = own.filter((row) => row.reported_at === newest);
  const notSubmitted = newestRows.length > 0 && newestRows.every((row) => row.status === "not_submitted");
  const players = new Map<string, InjuryRow>();
  for (const row of own) if (row.status !== "not_submitted") players.set(row.player_id, row);
  return { known: ofDate.length > 0 && !notSubmitted, players };
}

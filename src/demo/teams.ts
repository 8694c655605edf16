/** The thirty teams: names and places are the league's own, everything else about them is made up. */
export interface Team {
  readonly code: string;
  readonly conference: "east" | "west";
  readonly division: string;
  /** Hours that its arena's clock is behind US-Eastern (in winter). */
  readonly hoursBehindEastern: number;
}

const divisions: Readonly<Record<string, string>> = {
  atlantic: "BOS 0, BKN 0, NYK 0, PHI 0, TOR 0",
  central: "CHI 1, CLE 0, DET 0, IND 0, MIL 1",
  southeast: "ATL 0, CHA 0, MIA 0, ORL 0, WAS 0",
  northwest: "DEN 2, MIN 1, OKC 1, POR 3, UTA 2",
  pacific: "GSW 3, LAC 3, LAL 3, PHX 2, SAC 3",
  southwest: "DAL 1, HOU 1, MEM 1, NOP 1, SAS 1",
};

const eastern = ["atlantic", "central", "southeast"];

export const TEAMS: readonly Team[] = Object.entries(divisions).flatMap(([division, teams]) =>
  teams.split(", ").map((entry): Team => {
    const [code, hours] = entry.split(" ");
    return {
      code: code!,
      conference: eastern.includes(division) ? "east" : "west",
      division,
      hoursBehindEastern: Number(hours),
    };
  }),
);

export function teamOf(code: string): Team {
  return TEAMS.find((team) => team.code === code)!;
}

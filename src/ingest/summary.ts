/** What became of the rows of one file in one raw table; `rows` is the sum of the other counts. */
export interface TableCounts {
  readonly table: string;
  readonly rows: number;
  readonly inserted: number;
  readonly replaced: number;
  readonly unchanged: number;
  /** Equal to another row of this ingest. */
  readonly duplicate: number;
  /** A later file of this ingest has another row with the same key. */
  readonly superseded: number;
  readonly quarantined: number;
  /** Quarantined rows by reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface FileSummary {
  readonly file: string;
  readonly mapping: string;
  /** Records in the file. */
  readonly rows: number;
  /** Lines that are no records; they are in quarantine. */
  readonly brokenLines: number;
  /** Records that make no row in any table, by reason. */
  readonly skippedRows: Readonly<Record<string, number>>;
  readonly tables: readonly TableCounts[];
}

export interface IngestSummary {
  readonly dryRun: boolean;
  readonly files: readonly FileSummary[];
  readonly skippedFiles: readonly { readonly file: string; readonly reason: string }[];
  /** Quarantined rows of earlier ingests that were tried again, and those that loaded or were no longer wanted. */
  readonly retried: { readonly rows: number; readonly released: number };
  /** Shots that went because their game was loaded anew without event numbers. */
  readonly removedShots: number;
  /** Rows that the derivations at the end changed; empty in a dry run. */
  readonly derived: readonly { readonly name: string; readonly table: string; readonly rows: number }[];
  /** Names of this warehouse that belong to nobody yet. */
  readonly unresolved: { readonly players: number; readonly arenas: number };
}

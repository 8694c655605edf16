/**
 * The module ladder: a rung imports only rungs below it, and the modules of one rung do not import each other.
 * Leaves stand at the bottom, the command line at the top.
 */
const LADDER = [
  ["cli", "server"],
  ["report"],
  ["run"],
  ["plan"],
  ["coverage"],
  ["checks", "progress"],
  ["statements"],
  ["processors", "ingest", "demo"],
  ["warehouse"],
];
const LEAVES = ["calendar", "counted", "graph", "dates", "errors", "nearest", "tables"];

const folder = (...names) => `^src/(${names.join("|")})/`;
const leaf = `^src/(${LEAVES.join("|")})\\.ts$`;

const ladder = LADDER.flatMap((rung, index) =>
  rung.map((module) => {
    const above = LADDER.slice(0, index).flat();
    const beside = rung.filter((other) => other !== module);
    const below = LADDER.slice(index + 1).flat();
    return {
      name: `ladder-${module}`,
      comment: `src/${module} imports only what is below it (${[...below, ...LEAVES].join(", ")}). Move what it needs down, or hand it in as an argument from the caller above.`,
      severity: "error",
      from: { path: folder(module) },
      to: { path: [...above, ...beside].length > 0 ? folder(...above, ...beside) : "^src/index\\.ts$" },
    };
  }),
);

module.exports = {
  forbidden: [
    ...ladder,
    {
      name: "leaves",
      comment: `A leaf imports leaves alone. What needs more is no leaf: give it a folder on the ladder.`,
      severity: "error",
      from: { path: leaf },
      to: { path: "^src/", pathNot: leaf },
    },
    {
      name: "no-cycles",
      comment: "Two modules that need each other are one module, or share a third one below both.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "pure",
      comment:
        "Processors, coverage, plan and report are functions of data: reading and writing belongs in warehouse, progress, run or cli, which hand the data in.",
      severity: "error",
      from: { path: folder("processors", "coverage", "plan", "report") },
      to: {
        path: "^(node:)?(fs|fs/promises|child_process|net|http|https|os|process|worker_threads|sqlite)$",
      },
    },
    {
      name: "pure-of-warehouse",
      comment:
        "Processors, coverage, plan and report take rows and summaries, whose types they may name; whoever calls them reads the warehouse.",
      severity: "error",
      from: { path: folder("processors", "coverage", "plan", "report") },
      to: { path: "^src/(warehouse|ingest)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "duckdb-client",
      comment:
        "DuckDB's client is imported in src/warehouse/duckdb alone: everything else speaks to the port, src/warehouse/warehouse.ts.",
      severity: "error",
      from: { path: "^(src|bench|scripts)/", pathNot: "^src/warehouse/duckdb/" },
      to: { path: "node_modules/@duckdb/" },
    },
    {
      name: "bigquery-client",
      comment:
        "BigQuery's client is imported in src/warehouse/bigquery alone: everything else speaks to the port, src/warehouse/warehouse.ts.",
      severity: "error",
      from: { path: "^(src|bench|scripts)/", pathNot: "^src/warehouse/bigquery/" },
      to: { path: "node_modules/@google-cloud/bigquery" },
    },
    {
      name: "adapters",
      comment:
        "Which engine it is, is decided where the program starts, in src/cli or src/server; below it there is only the port, src/warehouse/warehouse.ts.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/(cli|server)/", "^src/index\\.ts$", "^src/warehouse/"] },
      to: { path: "^src/warehouse/(duckdb|bigquery)/" },
    },
    {
      name: "published",
      comment:
        "src is what is published: nothing of test, bench or scripts, and no package that only development has.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|bench|scripts)/" },
    },
    {
      name: "published-packages",
      comment: "A package that src imports is a dependency in package.json, not a devDependency.",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"] },
    },
    {
      name: "resolvable",
      comment: "The import points at nothing.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Types climb the ladder no more than values do.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};

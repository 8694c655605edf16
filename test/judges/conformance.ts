import type { Value } from "../../src/warehouse/warehouse.ts";

/** A piece of GoogleSQL, and what GoogleSQL promises for it. */
export interface Case {
  /** The function or rule it is about; the lint lets a statement call no function that no case is about. */
  readonly of: string;
  /** An expression, or a query with one column. */
  readonly sql: string;
  /** One value of an expression; of a query the value of each row, in the order it asks for. */
  readonly is: Value | readonly Value[];
}

/** Both NULL orderings, ties and both signs in five rows. */
const numbers =
  "(SELECT 1 AS id, 3 AS x UNION ALL SELECT 2, NULL UNION ALL SELECT 3, -1 UNION ALL SELECT 4, 3 UNION ALL SELECT 5, NULL) AS numbers";

const of = (name: string, ...cases: readonly (readonly [string, Case["is"]])[]): Case[] =>
  cases.map(([sql, is]) => ({ of: name, sql, is }));

/** What the portable subset may use. Values worked out by hand or from GoogleSQL's function reference. */
export const CONFORMANCE: readonly Case[] = [
  // Arithmetic.
  ...of("division", ["7 / 2", 3.5], ["-1 / 4", -0.25], ["6 / 3", 2], ["1e9 / 1e9", 1]),
  ...of(
    "SAFE_DIVIDE",
    ["SAFE_DIVIDE(1, 4)", 0.25],
    ["SAFE_DIVIDE(1, 0)", null],
    ["SAFE_DIVIDE(0e0, 0e0)", null],
    ["SAFE_DIVIDE(NULL, 2)", null],
    ["SAFE_DIVIDE(1, NULL)", null],
    [`SELECT SAFE_DIVIDE(SUM(x), COUNT(*)) FROM ${numbers}`, [1]],
  ),
  ...of(
    "DIV",
    ["DIV(7, 2)", 3],
    ["DIV(-7, 2)", -3],
    ["DIV(7, -2)", -3],
    ["DIV(-8, 2)", -4],
    ["DIV(NULL, 2)", null],
  ),
  ...of("MOD", ["MOD(7, 3)", 1], ["MOD(-7, 3)", -1], ["MOD(7, -3)", 1]),
  ...of("ABS", ["ABS(-2)", 2], ["ABS(-2.5e0)", 2.5], ["ABS(NULL)", null]),
  ...of("SIGN", ["SIGN(-2)", -1], ["SIGN(0)", 0]),
  ...of("SQRT", ["SQRT(6.25e0)", 2.5], ["SQRT(0)", 0]),
  ...of("POW", ["POW(2, 10)", 1024], ["POW(4e0, 0.5e0)", 2]),
  ...of(
    "FLOOR",
    ["FLOOR(-0.5e0)", -1],
    ["FLOOR(2.5e0)", 2],
    ["FLOOR(7)", 7],
    // The rounding of every stored float, on a negative one: -0.3428703855 * 1e9 + 0.5 = -342870385, exactly or less.
    ["FLOOR(-0.25e0 * 1e9 + 0.5e0) / 1e9", -0.25],
    ["FLOOR(SAFE_DIVIDE(-1, 3) * 1e9 + 0.5e0) / 1e9", -0.333333333],
    ["FLOOR(SAFE_DIVIDE(2, 3) * 1e9 + 0.5e0) / 1e9", 0.666666667],
  ),
  ...of(
    "rounding to integers",
    ["CAST(FLOOR(2.5e0 + 0.5e0) AS INT64)", 3],
    ["CAST(FLOOR(-2.5e0 + 0.5e0) AS INT64)", -2],
    ["CAST(FLOOR(-2.6e0 + 0.5e0) AS INT64)", -3],
  ),
  ...of("CEIL", ["CEIL(-0.5e0)", -0], ["CEIL(2.1e0)", 3]),
  ...of("SIN", ["SIN(0e0)", 0], ["SIN(1e0)", Math.sin(1)]),
  ...of("COS", ["COS(0e0)", 1], ["COS(1e0)", Math.cos(1)]),
  ...of("TAN", ["TAN(0e0)", 0], ["TAN(1e0)", Math.tan(1)]),
  ...of("ASIN", ["ASIN(1e0)", Math.PI / 2], ["ASIN(0.5e0)", Math.asin(0.5)]),
  ...of("ACOS", ["ACOS(1e0)", 0], ["ACOS(0.5e0)", Math.acos(0.5)]),
  ...of("ATAN2", ["ATAN2(1e0, -1e0)", (3 * Math.PI) / 4]),
  // Conditions and NULL.
  ...of("IF", ["IF(NULL, 1, 2)", 2], ["IF(TRUE, 1, NULL)", 1]),
  ...of("COALESCE", ["COALESCE(NULL, NULL, 3)", 3], ["COALESCE(NULL, 2, 0.5e0)", 2]),
  ...of("IFNULL", ["IFNULL(NULL, 'x')", "x"]),
  ...of("NULLIF", ["NULLIF(0, 0)", null], ["NULLIF(1, 0)", 1]),
  ...of(
    "comparison with NULL",
    ["NULL IS DISTINCT FROM 1", true],
    ["NULL IS NOT DISTINCT FROM NULL", true],
    ["1 IN (2, NULL)", null],
    ["1 NOT IN (2, NULL)", null],
    ["FALSE AND NULL", false],
    ["TRUE OR NULL", true],
    ["NOT CAST(NULL AS BOOL)", null],
    ["CASE WHEN NULL THEN 1 ELSE 2 END", 2],
  ),
  // Aggregates.
  ...of(
    "SUM",
    [`SELECT SUM(x) FROM ${numbers}`, [5]],
    [`SELECT SUM(x) FROM ${numbers} WHERE id > 5`, [null]],
    [`SELECT CAST(SUM(x) AS INT64) FROM ${numbers}`, [5]],
    [
      "SELECT SUM(x) FROM (SELECT 4611686018427387904 AS x UNION ALL SELECT 4611686018427387903)",
      ["9223372036854775807"],
    ],
  ),
  ...of("COUNT", [`SELECT COUNT(x) FROM ${numbers}`, [3]], [`SELECT COUNT(DISTINCT x) FROM ${numbers}`, [2]]),
  ...of("$count_star", [`SELECT COUNT(*) FROM ${numbers} WHERE id > 5`, [0]]),
  ...of(
    "COUNTIF",
    [`SELECT COUNTIF(x > 0) FROM ${numbers}`, [2]],
    [`SELECT COUNTIF(x > 0) FROM ${numbers} WHERE id > 5`, [0]],
    [`SELECT COUNTIF(x > 0) OVER (PARTITION BY x) FROM ${numbers} ORDER BY id`, [2, 0, 0, 2, 0]],
    [
      `SELECT COUNTIF(x > 0) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM ${numbers} ORDER BY id`,
      [0, 1, 1, 0, 1],
    ],
    [
      `SELECT COUNTIF(x > 0) OVER before FROM ${numbers} WINDOW before AS (ORDER BY id RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) ORDER BY id`,
      [0, 1, 1, 1, 2],
    ],
  ),
  ...of(
    "MIN",
    [`SELECT MIN(x) FROM ${numbers}`, [-1]],
    ["SELECT MIN(d) FROM (SELECT DATE '2022-10-18' AS d)", ["2022-10-18"]],
  ),
  ...of(
    "MAX",
    [`SELECT MAX(x) FROM ${numbers}`, [3]],
    ["SELECT MAX(s) FROM (SELECT 'Z' AS s UNION ALL SELECT 'a' UNION ALL SELECT 'é')", ["é"]],
  ),
  ...of(
    "LOGICAL_OR",
    [`SELECT LOGICAL_OR(x < 0) FROM ${numbers}`, [true]],
    [`SELECT LOGICAL_OR(x > 9) FROM ${numbers}`, [false]],
    [`SELECT LOGICAL_OR(x > 9) FROM ${numbers} WHERE x IS NULL`, [null]],
    [
      `SELECT LOGICAL_OR(x < 0) OVER (PARTITION BY x) FROM ${numbers} ORDER BY id`,
      [false, null, true, false, null],
    ],
  ),
  ...of(
    "LOGICAL_AND",
    [`SELECT LOGICAL_AND(x > 0) FROM ${numbers}`, [false]],
    [`SELECT LOGICAL_AND(x > 0) FROM ${numbers} WHERE x IS NULL`, [null]],
  ),
  ...of(
    "STRING_AGG",
    [`SELECT STRING_AGG(CAST(x AS STRING), ',' ORDER BY id DESC) FROM ${numbers}`, ["3,-1,3"]],
    [`SELECT STRING_AGG(CAST(x AS STRING), ',' ORDER BY id) FROM ${numbers} WHERE x IS NULL`, [null]],
  ),
  ...of("groups of NULL", [`SELECT COUNT(*) FROM ${numbers} GROUP BY x ORDER BY x`, [2, 1, 2]]),
  ...of("unions", [`SELECT x FROM (SELECT 1 AS x UNION ALL SELECT 0.5e0) ORDER BY x`, [0.5, 1]]),
  // Windows and order.
  ...of(
    "order of NULL",
    [`SELECT x FROM ${numbers} ORDER BY x`, [null, null, -1, 3, 3]],
    [`SELECT x FROM ${numbers} ORDER BY x DESC`, [3, 3, -1, null, null]],
  ),
  ...of(
    "ROW_NUMBER",
    [`SELECT ROW_NUMBER() OVER (ORDER BY x, id) FROM ${numbers} ORDER BY id`, [4, 1, 3, 5, 2]],
    [`SELECT ROW_NUMBER() OVER (ORDER BY x DESC, id) FROM ${numbers} ORDER BY id`, [1, 4, 3, 2, 5]],
    [
      `SELECT id FROM ${numbers} WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY x ORDER BY id DESC) = 1 ORDER BY id`,
      [3, 4, 5],
    ],
  ),
  ...of("RANK", [`SELECT RANK() OVER (ORDER BY x DESC) FROM ${numbers} ORDER BY id`, [1, 4, 3, 1, 4]]),
  ...of("DENSE_RANK", [
    `SELECT DENSE_RANK() OVER (ORDER BY x DESC) FROM ${numbers} ORDER BY id`,
    [1, 3, 2, 1, 3],
  ]),
  ...of(
    "LAG",
    [`SELECT LAG(x) OVER (ORDER BY id) FROM ${numbers} ORDER BY id`, [null, 3, null, -1, 3]],
    [`SELECT LAG(id, 2, 0) OVER (ORDER BY id) FROM ${numbers} ORDER BY id`, [0, 0, 1, 2, 3]],
  ),
  ...of("LEAD", [`SELECT LEAD(x) OVER (ORDER BY id) FROM ${numbers} ORDER BY id`, [null, -1, 3, null, null]]),
  ...of("FIRST_VALUE", [
    `SELECT FIRST_VALUE(x) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM ${numbers} ORDER BY id`,
    [3, 3, null, -1, 3],
  ]),
  ...of("LAST_VALUE", [
    `SELECT LAST_VALUE(x IGNORE NULLS) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) FROM ${numbers} ORDER BY id`,
    [null, 3, 3, -1, 3],
  ]),
  ...of(
    "frames",
    [
      `SELECT SUM(x) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM ${numbers} ORDER BY id`,
      [null, 3, 3, -1, 2],
    ],
    [
      `SELECT COUNT(*) OVER (ORDER BY id RANGE BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM ${numbers} ORDER BY id`,
      [0, 1, 2, 2, 2],
    ],
    // Peers: the two rows of 3 see each other, and the NULLs are apart from every offset.
    [
      `SELECT COUNT(*) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM ${numbers} ORDER BY id`,
      [2, 2, 1, 2, 2],
    ],
    [
      `SELECT COUNT(*) OVER (ORDER BY x RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) FROM ${numbers} ORDER BY id`,
      [3, 2, 2, 3, 2],
    ],
  ),
  // Dates and instants.
  ...of(
    "UNIX_DATE",
    ["UNIX_DATE(DATE '1970-01-02')", 1],
    ["UNIX_DATE(DATE '1969-12-31')", -1],
    ["UNIX_DATE(NULL)", null],
  ),
  ...of(
    "DATE_FROM_UNIX_DATE",
    ["DATE_FROM_UNIX_DATE(-1)", "1969-12-31"],
    ["DATE_FROM_UNIX_DATE(UNIX_DATE(DATE '2024-03-01') - 1)", "2024-02-29"],
  ),
  ...of(
    "date arithmetic",
    ["DATE '2024-03-01' - 1", "2024-02-29"],
    ["DATE '2024-02-28' + 2", "2024-03-01"],
    ["DATE '2024-02-29' BETWEEN DATE '2024-02-29' AND DATE '2024-03-01'", true],
  ),
  ...of(
    "UNIX_SECONDS",
    ["UNIX_SECONDS(TIMESTAMP '1970-01-01 00:01:00+00')", 60],
    ["UNIX_SECONDS(TIMESTAMP '1970-01-01 00:00:01.999+00')", 1],
    ["UNIX_SECONDS(TIMESTAMP '1969-12-31 23:59:58.5+00')", -2],
  ),
  ...of(
    "TIMESTAMP_SECONDS",
    ["TIMESTAMP_SECONDS(-1)", "1969-12-31T23:59:59.000Z"],
    ["TIMESTAMP_SECONDS(1666135800)", "2022-10-18T23:30:00.000Z"],
  ),
  ...of(
    "EXTRACT",
    ["EXTRACT(YEAR FROM DATE '2024-02-29')", 2024],
    ["EXTRACT(MONTH FROM DATE '2024-02-29')", 2],
    ["EXTRACT(DAY FROM DATE '2024-02-29')", 29],
    ["EXTRACT(MINUTE FROM TIMESTAMP_SECONDS(1666135800))", 30],
    // 1666135800 is 2022-10-18 23:30 UTC, 1671406200 is 2022-12-18 23:30 UTC; Eastern is UTC-4, then UTC-5.
    ["EXTRACT(HOUR FROM TIMESTAMP_SECONDS(1666135800) AT TIME ZONE 'America/New_York')", 19],
    ["EXTRACT(HOUR FROM TIMESTAMP_SECONDS(1671406200) AT TIME ZONE 'America/New_York')", 18],
    ["EXTRACT(HOUR FROM TIMESTAMP_SECONDS(1671406200))", 23],
    [
      "SELECT EXTRACT(HOUR FROM TIMESTAMP_SECONDS(1666135800) AT TIME ZONE zones.zone) FROM (SELECT 1 AS id, 'America/Denver' AS zone UNION ALL SELECT 2, 'Europe/Paris') AS zones ORDER BY id",
      [17, 1],
    ],
    ["EXTRACT(DAY FROM TIMESTAMP_SECONDS(1666135800) AT TIME ZONE 'Europe/Paris')", 19],
  ),
  // Text.
  ...of("CHR", ["CHR(92) || 'N'", "\\N"]),
  ...of("LENGTH", ["LENGTH('Dončić')", 6], ["LENGTH('')", 0], ["LENGTH(NULL)", null]),
  ...of("concatenation", ["'a' || 'é'", "aé"], ["'a' || CAST(NULL AS STRING)", null]),
  ...of("LOWER", ["LOWER('DONČIĆ')", "dončić"]),
  ...of("UPPER", ["UPPER('dončić')", "DONČIĆ"]),
  ...of("SUBSTR", ["SUBSTR('Dončić', 4)", "čić"], ["SUBSTR('0022100001', 4, 2)", "21"]),
  ...of("REPLACE", ["REPLACE('a-b-c', '-', '')", "abc"]),
  ...of("TRIM", ["TRIM('  a b ')", "a b"]),
  ...of("STARTS_WITH", ["STARTS_WITH('name:x', 'name:')", true]),
  ...of("order of text", [
    "SELECT s FROM (SELECT 'b' AS s UNION ALL SELECT 'B' UNION ALL SELECT 'é' UNION ALL SELECT 'z') ORDER BY s",
    ["B", "b", "z", "é"],
  ]),
  ...of("SHA256", [
    "TO_HEX(SHA256('abc'))",
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  ]),
  ...of("TO_HEX", ["TO_HEX(SHA256(''))", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]),
  // Casts, by the pair of types.
  ...of("INT64 AS STRING", ["CAST(-12 AS STRING)", "-12"]),
  ...of("DATE AS STRING", ["CAST(DATE '2022-01-05' AS STRING)", "2022-01-05"]),
  ...of("BOOL AS STRING", ["CAST(1 > 2 AS STRING)", "false"], ["CAST(1 < 2 AS STRING)", "true"]),
  ...of("BOOL AS INT64", ["CAST(1 < 2 AS INT64)", 1]),
  ...of("INT64 AS BOOL", ["CAST(2 AS BOOL)", true]),
  ...of(
    "INT64 AS FLOAT64",
    ["CAST(7 AS FLOAT64)", 7],
    ["CAST(9007199254740993 AS FLOAT64) - 9007199254740992e0", 0],
  ),
  ...of("FLOAT64 AS INT64", ["CAST(FLOOR(-1e15) AS INT64)", -1e15]),
  ...of("STRING AS INT64", ["CAST('0022' AS INT64)", 22]),
  ...of("STRING AS FLOAT64", ["CAST('-4.5' AS FLOAT64)", -4.5]),
  ...of("STRING AS DATE", ["CAST('2022-10-18' AS DATE)", "2022-10-18"]),
];

/** Statements that fail in GoogleSQL and must not give a value on DuckDB. */
export const FAILING: readonly string[] = [
  "SELECT CAST(SUM(x) AS INT64) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1) AS big",
  "SELECT 9223372036854775807 + x FROM (SELECT 1 AS x) AS one",
  "SELECT DIV(1, x) FROM (SELECT 0 AS x) AS zero",
  "SELECT CAST(FLOOR(x) AS INT64) FROM (SELECT 1e19 AS x) AS big",
  "SELECT CAST(x AS INT64) FROM (SELECT 'x' AS x) AS words",
];

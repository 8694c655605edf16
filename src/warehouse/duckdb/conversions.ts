/**
 * What text in a file means, as functions that ingest's statements call: NULL in, NULL out; NULL also where the text
 * is none of the kind, which ingest reports as a bad value.
 */
export const CONVERSIONS: readonly string[] = [
  // A field without content is absent, and so is the NaN that data frames write for it.
  macro("field(x)", "CASE WHEN trim(x) NOT IN ('', 'nan', 'NaN') THEN trim(x) END"),
  macro("parse_text(x)", "x"),
  // 12 and 12.0 are integers, 12.5 is none.
  macro(
    "parse_integer(x)",
    "CASE WHEN TRY_CAST(x AS DOUBLE) = TRY_CAST(x AS BIGINT) THEN TRY_CAST(x AS BIGINT) END",
  ),
  macro("parse_number(x)", "CASE WHEN isfinite(TRY_CAST(x AS DOUBLE)) THEN TRY_CAST(x AS DOUBLE) END"),
  macro(
    "parse_boolean(x)",
    "CASE WHEN lower(x) IN ('true', 't', '1', 'yes', 'y', '1.0') THEN true WHEN lower(x) IN ('false', 'f', '0', 'no', 'n', '0.0') THEN false END",
  ),
  macro(
    "parse_date(x)",
    "CASE WHEN length(x) = 10 THEN TRY_CAST(x AS DATE) WHEN regexp_matches(x, '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]00:00:00') THEN TRY_CAST(x[1:10] AS DATE) WHEN regexp_full_match(x, '[0-9]{8}') THEN TRY_CAST(x[1:4] || '-' || x[5:6] || '-' || x[7:8] AS DATE) END",
  ),
  // 10/18/2022, month first.
  macro(
    "parse_us_date(x)",
    "CASE WHEN regexp_full_match(x, '[0-9]{2}/[0-9]{2}/[0-9]{4}') THEN TRY_CAST(x[7:10] || '-' || x[1:2] || '-' || x[4:5] AS DATE) END",
  ),
  // A date without a time is the end of that date, US-Eastern; a time without an offset is UTC, seconds may be left out.
  macro(
    "parse_instant(x)",
    "CASE WHEN regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN timezone('America/New_York', CAST(TRY_CAST(x AS DATE) AS TIMESTAMP) + to_seconds(86399)) ELSE TRY_CAST(regexp_replace(x, '([T ][0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}(:?[0-9]{2})?)$', '\\1:00\\2') AS TIMESTAMPTZ) END",
  ),
  // The same, but a time without an offset is one of New York.
  macro(
    "parse_eastern_instant(x)",
    "CASE WHEN regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?') THEN timezone('America/New_York', TRY_CAST(regexp_replace(x, '([T ][0-9]{2}:[0-9]{2})$', '\\1:00') AS TIMESTAMP)) ELSE parse_instant(x) END",
  ),
  // The US-Eastern date of an instant.
  macro("parse_eastern_date(x)", "CAST(timezone('America/New_York', parse_instant(x)) AS DATE)"),
  // 2021-22, 21-22 or 2021: the year in which the season starts.
  macro(
    "parse_season(x)",
    "CASE WHEN regexp_full_match(x, '20[0-9]{2}(-[0-9]{2,4})?') THEN CAST(x[1:4] AS BIGINT) WHEN regexp_full_match(x, '[0-9]{2}-[0-9]{2}') THEN 2000 + CAST(x[1:2] AS BIGINT) END",
  ),
  // Ten digits; leading zeros that a number lost come back.
  macro(
    "parse_game_id(x)",
    "CASE WHEN parse_integer(x) BETWEEN 10000000 AND 9999999999 THEN lpad(CAST(parse_integer(x) AS VARCHAR), 10, '0') END",
  ),
  // ESPN's number, marked so that it is never taken for one of the NBA's.
  macro(
    "parse_espn_game_id(x)",
    "CASE WHEN parse_integer(x) > 0 THEN 'espn:' || CAST(parse_integer(x) AS VARCHAR) END",
  ),
  macro("parse_person_id(x)", "CASE WHEN parse_integer(x) >= 0 THEN CAST(parse_integer(x) AS VARCHAR) END"),
  macro("parse_minutes_to_seconds(x)", "CAST(floor(parse_number(x) * 60 + 0.5) AS BIGINT)"),
  macro(
    "parse_clock_to_seconds(x)",
    "CASE WHEN regexp_full_match(x, '[0-9]+:[0-5][0-9]') THEN CAST(split_part(x, ':', 1) AS BIGINT) * 60 + CAST(split_part(x, ':', 2) AS BIGINT) END",
  ),
  macro("parse_feet_to_tenths(x)", "CAST(floor(parse_number(x) * 10 + 0.5) AS BIGINT)"),
  macro("parse_negated(x)", "CASE WHEN parse_number(x) = 0 THEN 0 ELSE -parse_number(x) END"),
  // Decimal odds; American odds between -100 and 100 cannot exist.
  macro(
    "parse_american_odds(x)",
    "CASE WHEN parse_number(x) >= 100 THEN 1 + parse_number(x) / 100 WHEN parse_number(x) <= -100 THEN 1 + 100 / -parse_number(x) END",
  ),
  // From 100 on they could as well be American odds, which would be another price altogether.
  macro(
    "parse_decimal_odds(x)",
    "CASE WHEN parse_number(x) > 1 AND parse_number(x) < 100 THEN parse_number(x) END",
  ),
  // Lower-case ASCII letters and digits after accent folding; suffixes are kept.
  macro(
    "normalised_name(x)",
    "regexp_replace(translate(lower(strip_accents(x)), 'đðøłħı', 'ddolhi'), '[^a-z0-9]', '', 'g')",
  ),
  macro("parse_normalised_name(x)", "NULLIF(normalised_name(x), '')"),
  // 'Hardaway Jr., Tim' is Tim Hardaway Jr.; a name without a comma stays as it is.
  macro(
    "parse_last_first(x)",
    "CASE WHEN contains(x, ',') THEN trim(regexp_extract(x, '^(.*),([^,]*)$', 2)) || ' ' || trim(regexp_extract(x, '^(.*),([^,]*)$', 1)) ELSE x END",
  ),
  macro("instant_key(t)", "strftime(timezone('UTC', t), '%Y-%m-%dT%H:%M:%SZ')"),
  macro("eastern_date(t)", "CAST(timezone('America/New_York', t) AS DATE)"),
];

function macro(head: string, body: string): string {
  return `CREATE TEMP MACRO ${head} AS ${body}`;
}

import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import type { Raw } from "./raw.ts";

/** A warehouse in memory that holds these raw rows. */
export async function warehouseOf(raw: Raw): Promise<Fixture> {
  const fixture = await Fixture.open();
  for (const [name, rows] of Object.entries(raw)) await fixture.insert(`nba_raw.${name}`, rows as Row[]);
  return fixture;
}

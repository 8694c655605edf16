import { main } from "./program.ts";
import { outliveReaders } from "./terminal.ts";

outliveReaders();
process.exitCode = await main(process.argv.slice(2));

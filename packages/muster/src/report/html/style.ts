import { colours } from "./style-colours.ts";
import { layout } from "./style-layout.ts";
import { print } from "./style-print.ts";

/** The release report's only style sheet. */
export const style: string = colours + layout + print;

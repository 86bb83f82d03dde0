/** What a spec file may be at most. Far above any real spec, far below what would make reading it slow. */

/** In UTF-16 code units, as the text is held in memory. */
export const mostCharacters: number = 2 * 1024 * 1024;
/** Maps and lists inside one another, the outermost one included. */
export const deepestNesting = 32;
/** Keys, values, maps and lists together. */
export const mostNodes = 100_000;
/** Lexical tokens: a node has three or four with its spaces; a file of blank lines alone has many and no node. */
export const mostTokens: number = 5 * mostNodes;
export const mostDiagnostics = 1_000;
/** How far from the place of a YAML error a tab may stand and still be its cause, in lines. */
export const nearbyLines = 1;

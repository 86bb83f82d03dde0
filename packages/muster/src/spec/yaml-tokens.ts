import { CST, Lexer, Parser } from "yaml";
import { deepestNesting, mostNodes, mostTokens } from "./limits.ts";
import type { Trouble } from "./trouble.ts";

export interface Tokens {
  readonly tokens: readonly CST.Token[];
  /** What YAML has and the spec language has not: anchors, aliases, tags, directives. */
  readonly refusals: readonly Trouble[];
  /** Where a quote opens that is never closed. */
  readonly unclosedQuote: number | null;
  /** Set when reading stopped at a limit; `tokens` are then incomplete. */
  readonly limit: Trouble | null;
}

/**
 * The text as YAML tokens. Limits are held while reading, before anything recursive sees the tokens, so that no
 * input can exhaust the stack or the memory.
 */
export function readTokens(text: string): Tokens {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const refusals: Trouble[] = [];
  let unclosedQuote: number | null = null;
  let count = 0;
  let nodes = 0;
  let scalarFollows = false;
  for (const lexeme of new Lexer().lex(text)) {
    const start = parser.offset;
    const type: CST.TokenType | null = scalarFollows ? null : CST.tokenType(lexeme);
    scalarFollows = type === "scalar";
    const refusal = type === null ? null : refuse(type, lexeme, start);
    if (refusal !== null) refusals.push(refusal);
    for (const token of parser.next(lexeme)) tokens.push(token);
    count += 1;
    if (type !== null && isUnclosed(type, lexeme)) unclosedQuote = start;
    if (type !== null && isNode(type)) nodes += 1;
    if (nodes > mostNodes) return { tokens, refusals, unclosedQuote, limit: tooManyNodes(start) };
    if (count > mostTokens) return { tokens, refusals, unclosedQuote, limit: tooManyTokens(start) };
    if (parser.stack.length > deepestNesting && isTooDeep(parser.stack)) {
      return { tokens, refusals, unclosedQuote, limit: tooDeep(start, start + lexeme.length) };
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, refusals, unclosedQuote, limit: null };
}

export function tooManyNodes(at: number): Trouble {
  return {
    code: "MU-A211",
    message: `The file holds more than ${mostNodes.toLocaleString("en")} keys and values.`,
    hint: "Split the spec, or let a long list of values come from the data: values: profile.",
    start: at,
    end: at + 1,
  };
}

function tooManyTokens(at: number): Trouble {
  return {
    code: "MU-A211",
    message: `The file holds more than ${mostTokens.toLocaleString("en")} words, marks and line ends.`,
    hint: "Is this the right file? No spec is as long as that.",
    start: at,
    end: at + 1,
  };
}

export function tooDeep(start: number, end: number): Trouble {
  return {
    code: "MU-A210",
    message: `Maps and lists are nested more than ${deepestNesting} deep.`,
    hint: "No key of the spec language lies deeper than ten levels: look for an unclosed bracket.",
    start,
    end,
  };
}

/** At least these tokens become a key or value each. */
function isNode(type: CST.TokenType): boolean {
  return (
    type === "scalar" ||
    type === "single-quoted-scalar" ||
    type === "double-quoted-scalar" ||
    type === "flow-map-start" ||
    type === "flow-seq-start"
  );
}

function isUnclosed(type: CST.TokenType, lexeme: string): boolean {
  if (type !== "single-quoted-scalar" && type !== "double-quoted-scalar") return false;
  return lexeme.length < 2 || lexeme[lexeme.length - 1] !== lexeme[0];
}

function isTooDeep(stack: readonly CST.Token[]): boolean {
  let depth = 0;
  for (const { type } of stack) {
    if (type === "block-map" || type === "block-seq" || type === "flow-collection") depth += 1;
  }
  return depth > deepestNesting;
}

function refuse(type: CST.TokenType, lexeme: string, start: number): Trouble | null {
  const end = start + lexeme.trimEnd().length;
  switch (type) {
    case "anchor":
    case "alias": {
      const what = type === "anchor" ? "Anchors" : "Aliases";
      return {
        code: "MU-A203",
        message: `${what} are not part of the spec language: ${brief(lexeme)}`,
        hint: `Write the value out where it is needed; text that begins with ${lexeme[0]} stands in quotes.`,
        start,
        end,
      };
    }
    case "tag":
      return {
        code: "MU-A206",
        message: `Tags are not part of the spec language: ${brief(lexeme)}`,
        hint: "Leave the tag out; put a value in quotes to make it a text, or text that begins with ! in quotes.",
        start,
        end,
      };
    case "directive-line":
      return {
        code: "MU-A215",
        message: `Directives are not part of the spec language: ${brief(lexeme)}`,
        hint: "Delete the line; a spec is read as YAML 1.2.",
        start,
        end,
      };
    default:
      return null;
  }
}

function brief(lexeme: string): string {
  const text = lexeme.trim();
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** One line of a run of trec_eval: `query Q0 document rank score tag`. The rank is not read, as trec_eval does not. */
export interface RunLine {
  readonly query: string;
  readonly document: string;
  readonly score: number;
}

/** One line of its judgements: `query 0 document relevance`. */
export interface QrelsLine {
  readonly query: string;
  readonly document: string;
  readonly relevance: number;
}

/** The line, null for an empty one, or in words what is wrong with it. Fields stand apart by spaces or tabs. */
export function readRunLine(line: string): RunLine | null | string {
  const [query, , document, rank, score] = fields(line);
  if (query === undefined) return null;
  if (document === undefined || rank === undefined || score === undefined) {
    return "a line of a run is: query Q0 document rank score tag";
  }
  const number = Number(score);
  return Number.isFinite(number) ? { query, document, score: number } : `the score ${score} is no number`;
}

export function readQrelsLine(line: string): QrelsLine | null | string {
  const [query, , document, relevance] = fields(line);
  if (query === undefined) return null;
  if (document === undefined || relevance === undefined) {
    return "a line of judgements is: query 0 document relevance";
  }
  const number = Number(relevance);
  return Number.isInteger(number)
    ? { query, document, relevance: number }
    : `the relevance ${relevance} is no whole number`;
}

const fields = (line: string): string[] => line.split(/[ \t\r\n\f\v]+/).filter((field) => field !== "");

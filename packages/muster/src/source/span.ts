/** A place in a text file. `line` and `column` count from 1, `offset` from 0, all in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A stretch of a text file; `end` is the position just after its last character. */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** What the databases say differently when tables are made. */
export interface SchemaWords {
  /** A whole number of 64 bits. */
  readonly integer: string;
  /** The type of a primary key that counts up by itself. */
  readonly counter: string;
  /** What follows the closing bracket of a table. */
  readonly tableEnd: string;
  /**
   * Statements that make the database itself refuse to change or delete rows of the table; `key` are its columns
   * that identify a row.
   */
  appendOnly(table: string, keys: readonly (readonly string[])[]): readonly string[];
  /** Statements that let only the named columns of a table's rows change, and no row go. */
  onlyChanges(
    table: string,
    fixed: readonly string[],
    keys: readonly (readonly string[])[],
  ): readonly string[];
}

/**
 * One step of the schema. A step that was published never changes: the next change is a further step. Steps only
 * add, so that what an older Muster has written stays as it is.
 */
export interface Migration {
  readonly version: number;
  readonly name: string;
  statements(words: SchemaWords): readonly string[];
}

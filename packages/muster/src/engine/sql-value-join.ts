/** What is computed of each different value of a column, and looked up for each row. */
export class SqlValueJoins {
  private readonly byColumn = new Map<string, Map<string, string>>();
  private readonly taken: ReadonlySet<string>;
  private readonly quote: (name: string) => string;
  private made = 0;

  /** Names that are made here are none of the table's columns, in any case. */
  constructor(columns: Iterable<string>, quote: (name: string) => string) {
    this.taken = new Set(Array.from(columns, (name) => name.toLowerCase()));
    this.quote = quote;
  }

  /** The name under which rows find the SQL of their value; it reads this column alone and is null for null. */
  lookedUp(column: string, sql: string): string {
    const own = this.byColumn.get(column) ?? new Map<string, string>();
    this.byColumn.set(column, own);
    const name = own.get(sql) ?? this.free(`v${this.made++}`);
    own.set(sql, name);
    return this.quote(name);
  }

  /** What follows the table in a FROM. A row meets one value at most, so rows stay as many as they are. */
  after(table: string): string {
    return Array.from(this.byColumn, ([column, of], j) => {
      const [own, value] = [this.quote(column), this.quote(this.free(`u${j}`))];
      const made = Array.from(of, ([sql, name]) => `${sql} AS ${this.quote(name)}`).join(", ");
      const values = `(SELECT ${own} FROM ${table} GROUP BY ${own}) AS ${this.quote(`different${j}`)}`;
      return ` LEFT JOIN (SELECT ${own} AS ${value}, ${made} FROM ${values}) AS ${this.quote(`values${j}`)} ON ${own} = ${value}`;
    }).join("");
  }

  private free(name: string): string {
    return this.taken.has(name) ? this.free(`${name}_`) : name;
  }
}

import type { Answer } from "../checks/check.ts";
import type { TableInfo } from "../engine/engine.ts";
import { preparedInputs } from "../prepare/chain.ts";
import { compareSides } from "../prepare/compare-sides.ts";
import { fit } from "../prepare/fit.ts";
import type { Fitted } from "../prepare/fitted.ts";
import { programsOf } from "../prepare/programs.ts";
import { MusterError } from "../source/muster-error.ts";
import { tables } from "./compile/tables.ts";
import type { Workbench } from "./workbench.ts";

type Compared = { readonly answer: Answer; readonly query: string } | { readonly unanswered: string };

/** The preprocessing of the contract, fitted on the training data when it is first asked for. */
export class Preparation {
  private readonly bench: Workbench;
  private readonly table: (name: string) => Promise<TableInfo | MusterError>;
  private made: Promise<Fitted | MusterError> | null = null;

  constructor(bench: Workbench, table: (name: string) => Promise<TableInfo | MusterError>) {
    this.bench = bench;
    this.table = table;
  }

  /** Null where the contract has no step that Muster carries out. */
  async fitted(): Promise<Fitted | MusterError | null> {
    if (preparedInputs(this.bench.contract?.inputs ?? []).length === 0) return null;
    this.made ??= this.fit();
    return this.made;
  }

  /** The answer to a read of the kind `prepared`. */
  async compared(name: string, rows: number): Promise<Compared> {
    const fitted = await this.fitted();
    if (fitted === null)
      return { unanswered: "the contract states no preprocessing that Muster carries out" };
    if (fitted instanceof MusterError) return { unanswered: fitted.message };
    const info = await this.table(name);
    if (info instanceof MusterError) return { unanswered: info.message };
    const { engine, signal } = this.bench;
    this.bench.progress?.("comparing what data and serving prepare");
    const sides = await compareSides(engine, name, fitted, rows, signal);
    return {
      answer: { kind: "prepared", programs: programsOf(fitted), sides },
      query: `muster data prepare of ${name}, beside the gateway's function on a sample of its rows`,
    };
  }

  private async fit(): Promise<Fitted | MusterError> {
    const training = await this.table(tables.training);
    if (training instanceof MusterError) return training;
    const { engine, signal } = this.bench;
    this.bench.progress?.("fitting the preprocessing on the training data");
    return fit(engine, tables.training, this.bench.contract?.inputs ?? [], signal).catch((caught: unknown) =>
      MusterError.from(caught, "engine/failed"),
    );
  }
}

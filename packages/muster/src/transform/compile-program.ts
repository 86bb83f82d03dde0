import { compileFormula, type Value } from "./compile-formula.ts";
import { type Entry, givesText, type Program } from "./program.ts";

/** A cell of a row: datetimes in milliseconds since 1970; NaN, infinite and null are missing. */
export type Cell = string | number | boolean | null;

/**
 * A program as a function of a row's cell: a number (NaN for missing; of indicators the position of the one column that
 * is 1, or -1), or a text (null for missing). A cell of the wrong kind is missing.
 */
export function compileProgram(program: Program): (cell: Cell) => Value {
  const enter = entryOf(program.entry);
  const steps = program.steps.map((step) => compileFormula(step));
  const indicators = program.output.kind === "indicators";
  const isText = (step: number): boolean => {
    const formula = program.steps[step];
    return formula === undefined ? program.entry === "text" : givesText(formula);
  };
  const text = isText(steps.length - 1);
  const [first, second, third] = steps;
  const run =
    first === undefined
      ? enter
      : second === undefined
        ? (cell: Cell): Value => first(enter(cell))
        : third === undefined
          ? (cell: Cell): Value => second(first(enter(cell)))
          : (cell: Cell): Value => {
              let value = enter(cell);
              for (const step of steps) value = step(value);
              return value;
            };
  if (indicators) return (cell) => atOrNone(run(cell));
  return text ? run : (cell) => run(cell) ?? Number.NaN;
}

const atOrNone = (value: Value): number => (typeof value === "number" && value >= 0 ? value : -1);

const hour = 3_600_000;
const day = 24 * hour;

function entryOf(entry: Entry): (cell: Cell) => Value {
  switch (entry) {
    case "text":
      return (cell) => (cell === null || typeof cell === "string" ? cell : String(cell));
    case "number":
      return (cell) => {
        if (typeof cell === "boolean") return cell ? 1 : 0;
        // A number minus itself is 0 unless it is NaN or infinite.
        return typeof cell === "number" && cell - cell === 0 ? (cell === 0 ? 0 : cell) : Number.NaN;
      };
    case "hour":
      return ofMoment((ms) => Math.floor(ms / hour) - 24 * Math.floor(ms / day));
    case "minute":
      return ofMoment((ms) => Math.floor(ms / 60_000) - 60 * Math.floor(ms / hour));
    case "second":
      return ofMoment((ms) => Math.floor(ms / 1_000) - 60 * Math.floor(ms / 60_000));
    case "weekday":
      // 1970-01-01 was a Thursday, day 3 of a week that begins with Monday as 0.
      return ofMoment((ms) => {
        const days = Math.floor(ms / day) + 3;
        return days - 7 * Math.floor(days / 7);
      });
    case "year":
      return ofMoment((ms) => new Date(ms).getUTCFullYear());
    case "quarter":
      return ofMoment((ms) => Math.floor(new Date(ms).getUTCMonth() / 3) + 1);
    case "month":
      return ofMoment((ms) => new Date(ms).getUTCMonth() + 1);
    case "day":
      return ofMoment((ms) => new Date(ms).getUTCDate());
    case "day_of_year":
      return ofMoment((ms) => {
        const start = new Date(ms);
        start.setUTCMonth(0, 1);
        return Math.floor(ms / day) - Math.floor(start.getTime() / day) + 1;
      });
    default:
      return entry satisfies never;
  }
}

const farthest = 8.64e15;

function ofMoment(read: (ms: number) => number): (cell: Cell) => Value {
  return (cell) => (typeof cell === "number" && Math.abs(cell) <= farthest ? read(cell) : Number.NaN);
}

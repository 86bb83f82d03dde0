import { mkdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../source/diagnostic.ts";
import { MusterError } from "../source/muster-error.ts";
import { parse } from "../spec/parse.ts";
import { startTables } from "../start/data/data-start.ts";
import { draftFromData } from "../start/data/draft-from-data.ts";
import type { Draft } from "../start/draft.ts";
import { type Ask, interview } from "../start/interview.ts";
import { noteMissingSections } from "../start/missing-sections.ts";
import { labelOf } from "../start/words.ts";
import { writeDraft } from "../start/write-yaml.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { importSpec } from "./import-spec.ts";
import { diagnosticsText } from "./print-diagnostics.ts";
import { templateNames, templateText } from "./templates.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine } from "./wire.ts";

export interface InitOptions {
  readonly template?: string;
  readonly list?: boolean;
  readonly from?: string;
  readonly label?: string;
  readonly time?: string;
  readonly evaluation?: string;
  readonly import?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
}

/** A first spec, and what its source could not say. */
interface Start {
  readonly yaml: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly source: { readonly file: string; readonly text: string };
}

/** `muster init`: writes a first spec. `ask` is null where nobody can be asked. */
export async function init(
  folder: string,
  options: InitOptions,
  terminal: Terminal,
  ask: Ask | null,
): Promise<ExitCode> {
  if (options.list === true) {
    terminal.out((await templateNames()).join("\n"));
    return exitCode.kept;
  }
  onlyOne(options);
  const file = join(resolve(terminal.cwd, folder), "muster.yaml");
  const shown = relative(terminal.cwd, file) || file;
  if (options.force !== true && (await exists(file))) throw there(shown);
  const start = await started(folder, dirname(file), options, terminal, ask);
  if (start === null) {
    terminal.err("Nothing was written.");
    return exitCode.wrong;
  }
  const yaml = named(start.yaml, options.name);
  await write(file, shown, yaml, options.force === true);
  if (start.diagnostics.length > 0)
    terminal.err(diagnosticsText(start.diagnostics, { ...start.source, folder }, terminal.errorColor));
  const open = yaml.split("\n").filter((line) => /\bTODO\b/.test(line)).length;
  terminal.out(
    [
      `Wrote ${shown}${open === 0 ? "." : `; ${open} ${open === 1 ? "line is" : "lines are"} marked TODO.`}`,
      `Next: fill them in, then muster lint ${shown}`,
      ...(options.from === undefined ? [] : [`      muster check ${shown} --stage data`]),
    ].join("\n"),
  );
  return exitCode.kept;
}

async function started(
  folder: string,
  home: string,
  options: InitOptions,
  terminal: Terminal,
  ask: Ask | null,
): Promise<Start | null> {
  const plain = (yaml: string): Start => ({
    yaml,
    diagnostics: [],
    source: { file: "muster.yaml", text: "" },
  });
  if (options.template !== undefined) return plain(await templateText(options.template));
  if (options.import !== undefined) return importSpec(options.import, options.kind, terminal);
  if (options.from !== undefined) {
    const draft = await fromData(home, options, terminal);
    return {
      ...plain(finished(draft, `Drafted from ${options.from}: every number below was read there.`)),
      diagnostics: draft.diagnostics,
    };
  }
  const answers = options.yes === true ? async () => "" : ask;
  if (answers === null) {
    throw new MusterError("call/bad-argument", "There is nobody to ask: this is no terminal.", {
      hint: "Use --template KIND (muster init --list names them), --from data.parquet --label COLUMN, --import spec.md, or --yes.",
    });
  }
  const draft = await interview(answers, basename(resolve(terminal.cwd, folder)));
  return draft === null ? null : plain(finished(draft, "Written by muster init."));
}

function finished(draft: Draft, intro: string): string {
  noteMissingSections(draft);
  return writeDraft(draft, [intro, "What only your team knows is marked TODO."]);
}

async function fromData(home: string, options: InitOptions, terminal: Terminal): Promise<Draft> {
  const { from = "", label, time, evaluation } = options;
  if (label === undefined) {
    throw new MusterError("call/bad-argument", "--from needs --label: the column with the truth.", {
      hint: `Such as muster init --from ${from} --label y`,
    });
  }
  const engine = await openEngine();
  try {
    terminal.progress(`reading ${from}`);
    await engine.attach(startTables.training, resolve(terminal.cwd, from), terminal.signal);
    if (evaluation !== undefined) {
      await engine.attach(startTables.evaluation, resolve(terminal.cwd, evaluation), terminal.signal);
    }
    return await draftFromData(engine, {
      training: seenFrom(home, resolve(terminal.cwd, from)),
      ...(evaluation === undefined ? {} : { evaluation: seenFrom(home, resolve(terminal.cwd, evaluation)) }),
      label,
      ...(time === undefined ? {} : { time }),
      now: terminal.now(),
      signal: terminal.signal,
    });
  } finally {
    await engine.close();
  }
}

/** As the spec names a file: relative to its own folder, with forward slashes. */
function seenFrom(home: string, path: string): string {
  const near = relative(home, path);
  return (isAbsolute(near) ? path : near).split(sep).join("/");
}

function onlyOne(options: InitOptions): void {
  const given = (["template", "from", "import"] as const).filter((key) => options[key] !== undefined);
  if (given.length > 1) {
    throw new MusterError("call/bad-argument", `--${given.join(" and --")} cannot be used together.`, {
      hint: "Start from one of them.",
    });
  }
  const needed = [
    ["label", "from"],
    ["time", "from"],
    ["evaluation", "from"],
    ["kind", "import"],
  ] as const;
  for (const [option, of] of needed) {
    if (options[option] === undefined || options[of] !== undefined) continue;
    throw new MusterError("call/bad-argument", `--${option} means something only together with --${of}.`);
  }
}

/** With another name at its head, when one was given. */
function named(yaml: string, name: string | undefined): string {
  if (name === undefined) return yaml;
  if (labelOf(name) !== name) {
    const likely = labelOf(name);
    throw new MusterError("call/bad-argument", `${JSON.stringify(name)} cannot be the name of a spec.`, {
      hint: likely === null ? "Use lower-case letters, digits and -." : `Did you mean ${likely}?`,
    });
  }
  const text = yaml.replace(/^name: .*$/m, `name: ${/^[0-9]/.test(name) ? JSON.stringify(name) : name}`);
  return parse(text, "muster.yaml").spec === null ? yaml : text;
}

async function write(file: string, shown: string, text: string, force: boolean): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: force ? "w" : "wx" });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") throw there(shown);
    throw new MusterError("call/bad-argument", `${shown} cannot be written: ${code ?? message}.`, { cause });
  }
}

const there = (shown: string): MusterError =>
  new MusterError("call/bad-argument", `${shown} is already there.`, {
    hint: "Nothing was written; --force replaces it.",
  });

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

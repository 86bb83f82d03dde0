import { relative } from "node:path";
import { renderHtml } from "../report/html/page.ts";
import { renderJson } from "../report/json.ts";
import { renderMarkdown } from "../report/markdown.ts";
import type { ReportInput } from "../report/report-input.ts";
import { renderText } from "../report/text.ts";
import type { Judged } from "./judge-spec.ts";
import type { LoadedSpec } from "./load-spec.ts";
import { paintOf } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

export type ReportFormat = "text" | "json" | "markdown" | "html";

/** What was judged, in a format. */
export function reportText(
  format: ReportFormat,
  loaded: LoadedSpec,
  judged: Judged,
  terminal: Terminal,
  command: string,
  options: { readonly all?: boolean; readonly notes?: readonly string[] } = {},
): string {
  const { spec } = loaded;
  const input: ReportInput = {
    spec: {
      name: spec.name,
      version: spec.version,
      status: spec.status,
      digest: loaded.digest,
      file: loaded.file,
      owners: spec.owners,
      ...(spec.problem === undefined ? {} : { statement: spec.problem.statement }),
    },
    source: loaded.text,
    model: shownModel(judged.model, terminal),
    decision: judged.decision,
    verdicts: judged.verdicts,
    takenAt: new Date(terminal.now()).toISOString(),
    command,
    muster: version,
    notes: options.notes ?? [],
  };
  switch (format) {
    case "json":
      return renderJson(input);
    case "markdown":
      return renderMarkdown(input);
    case "html":
      return renderHtml(input);
    case "text":
      return renderText(input, {
        width: terminal.width,
        paint: paintOf(terminal.color),
        all: options.all ?? false,
      });
    default:
      return format satisfies never;
  }
}

/** The model's path as a reader would type it. */
function shownModel(model: Judged["model"], terminal: Terminal): ReportInput["model"] {
  if (model?.path === undefined) return model;
  return { ...model, path: relative(terminal.cwd, model.path) || model.path };
}

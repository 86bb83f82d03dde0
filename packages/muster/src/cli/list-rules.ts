import { jsonText } from "../report/json-text.ts";
import { tableLines } from "../report/text-table.ts";
import { MusterError } from "../source/muster-error.ts";
import { lintCodes } from "../spec/lint-codes.ts";
import { presets } from "../spec/lint-section.ts";
import { lintUrl } from "../spec/lint-settings.ts";
import { rules as allRules } from "../spec/rules/registry.ts";
import type { Rule } from "../spec/rules/rule.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import type { Terminal } from "./terminal.ts";

export interface ListRulesOptions {
  readonly format: string;
  readonly preset?: string;
}

/** `muster rules`: every rule of the linter, or those that a preset asks. */
export async function listRules(
  options: ListRulesOptions,
  terminal: Terminal,
  rules: readonly Rule[] = allRules,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const level =
    options.preset === undefined ? presets.length : (presets as readonly string[]).indexOf(options.preset);
  if (level === -1) {
    throw new MusterError("call/bad-argument", `There is no preset ${JSON.stringify(options.preset)}.`, {
      hint: `Use one of: ${presets.join(", ")}.`,
    });
  }
  const listed = rules.filter(({ preset }) => presets.indexOf(preset) <= level);
  terminal.out(format === "json" ? asJson(listed) : asText(listed));
  return exitCode.kept;
}

function asText(rules: readonly Rule[]): string {
  const lines = tableLines(
    rules.map(({ code, severity, preset, slug, title }) => [code, severity, preset, slug, title]),
  );
  return [...lines, `${rules.length} rules. muster explain CODE says more.`].join("\n");
}

function asJson(rules: readonly Rule[]): string {
  return jsonText({
    version: 1,
    rules: rules.map((rule) => ({
      code: rule.code,
      slug: rule.slug,
      title: rule.title,
      severity: rule.severity,
      preset: rule.preset,
      section: rule.section,
      needs: rule.needs,
      fix: rule.fix,
      since: rule.since ?? "2026.1",
      suppressible: rule.unsuppressible !== true,
      why: rule.why,
      formula: rule.formula ?? null,
      url: lintUrl(rule.code),
    })),
    codes: lintCodes.map(({ code, slug, title }) => ({ code, slug, title, url: lintUrl(code) })),
  });
}

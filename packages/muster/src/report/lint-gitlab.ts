import type { Severity } from "../source/diagnostic.ts";
import { digestOfText } from "../source/digest.ts";
import { jsonText } from "./json-text.ts";
import type { LintReport } from "./lint-report.ts";
import { printable } from "./printable.ts";

const degrees: Readonly<Record<Severity, "critical" | "major" | "info">> = {
  error: "critical",
  warning: "major",
  info: "info",
};

/** GitLab's code quality report. Its fingerprints have to be unique in a report: the file and a count are part of them. */
export function renderLintGitlab({ files }: LintReport): string {
  const seen = new Map<string, number>();
  return jsonText(
    files.flatMap((file) =>
      file.entries.map(({ diagnostic, slug, fingerprint }) => {
        const { code, severity, message, at, hint } = diagnostic;
        const path = (at?.file ?? file.file).replaceAll("\\", "/");
        const own = `${path}\n${fingerprint}`;
        const count = seen.get(own) ?? 0;
        seen.set(own, count + 1);
        return {
          description: printable(hint === undefined ? message : `${message} ${hint}`),
          check_name: slug === null ? code : `${code} ${slug}`,
          fingerprint: digestOfText(`${own}\n${count}`).replace("sha256:", ""),
          severity: degrees[severity],
          location: {
            path,
            lines: { begin: at?.start.line ?? 1, ...(at === null ? {} : { end: at.end.line }) },
          },
        };
      }),
    ),
  );
}

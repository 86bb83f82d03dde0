import { MusterError } from "../../source/muster-error.ts";
import { type SourceFile, sourceFile } from "../../source/source-file.ts";
import { mostCharacters } from "../../spec/limits.ts";
import type { Draft } from "../draft.ts";
import { noteMissingSections } from "../missing-sections.ts";
import { settle } from "../settle.ts";
import { isTemplate, readTemplate } from "../template/read-template.ts";
import { writeDraft } from "../write-yaml.ts";
import { importDataContract, isDataContract } from "./data-contract.ts";
import { importJsonSchema, importOpenApi } from "./json-schema.ts";
import { importModelCard, isModelCard } from "./model-card.ts";
import { importNegotiationCard, isNegotiationCard } from "./negotiation-card.ts";

export type DocumentKind = "template" | "model-card" | "odcs" | "mlte" | "openapi" | "json-schema";

interface Importer {
  readonly kind: DocumentKind;
  readonly called: string;
  readonly fits: (text: string) => boolean;
  readonly read: (source: SourceFile) => Draft;
}

const head = (text: string): string => text.slice(0, 500_000);

const importers: readonly Importer[] = [
  { kind: "model-card", called: "a model card", fits: isModelCard, read: importModelCard },
  { kind: "mlte", called: "an MLTE negotiation card", fits: isNegotiationCard, read: importNegotiationCard },
  { kind: "odcs", called: "an Open Data Contract", fits: isDataContract, read: importDataContract },
  {
    kind: "openapi",
    called: "an OpenAPI document",
    fits: (text) => /^\s*\{?\s*["']?openapi["']?\s*:\s*["']?3/m.test(head(text)),
    read: importOpenApi,
  },
  {
    kind: "json-schema",
    called: "a JSON Schema",
    fits: (text) =>
      /["']?\$schema["']?\s*:\s*["']?https?:\/\/json-schema\.org/.test(head(text)) ||
      (/^\s*\{/.test(text) && /"properties"\s*:/.test(head(text))),
    read: importJsonSchema,
  },
  { kind: "template", called: "the Markdown template", fits: isTemplate, read: readTemplate },
];

export const documentKinds: readonly DocumentKind[] = importers.map(({ kind }) => kind);

export interface Imported {
  readonly kind: DocumentKind;
  readonly draft: Draft;
  /** The draft as the text of a spec that parses. */
  readonly yaml: string;
}

/**
 * Reads a foreign document into a spec that parses. The kind is told by the content unless it is given. Throws
 * `call/bad-argument` for what is no such document, or too large; what the document says wrongly is told by the
 * draft's diagnostics.
 */
export function importDocument(name: string, text: string, kind?: DocumentKind): Imported {
  if (text.length > mostCharacters) {
    throw new MusterError(
      "call/bad-argument",
      `${name} has more than ${mostCharacters.toLocaleString("en")} characters.`,
      {
        hint: "Is this the right file? Requirements are pages, not books.",
      },
    );
  }
  const importer = importers.find((each) => (kind === undefined ? each.fits(text) : each.kind === kind));
  if (importer === undefined) {
    throw new MusterError("call/bad-argument", `${name} is none of the documents that can be imported.`, {
      hint: `Say which one it is with --kind: ${documentKinds.join(", ")}.`,
    });
  }
  const source = sourceFile(name, text);
  const draft = importer.read(source);
  settle(draft, source.span(0, 0));
  noteMissingSections(draft);
  const yaml = writeDraft(draft, [
    `Drafted from ${importer.called}, ${name.replace(/^.*[\\/]/, "")}. What it does not say is marked TODO.`,
  ]);
  return { kind: importer.kind, draft, yaml };
}

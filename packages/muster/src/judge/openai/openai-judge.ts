import { MusterError } from "../../source/muster-error.ts";
import type { Judge, JudgeItem, Judgement, JudgeOptions } from "../judge.ts";
import { judgeId, messagesFor, type Rubric, replySchema, scoreIn } from "../rubric.ts";
import { postJson } from "./post-json.ts";

export interface OpenAiJudgeOptions extends Rubric {
  /** Up to and without `/chat/completions`, such as `https://api.example.org/v1`. */
  readonly address: string;
  /** Sent as a bearer token. Never part of an error, a judgement or the judge's id. */
  readonly key: string | null;
  readonly timeoutMs: number;
  /** How often a call that failed is made again. */
  readonly retries: number;
}

const mostTokens = 400;
const firstWait = 500;

/**
 * A judge behind an address that speaks OpenAI's chat completions: temperature 0, the reply bound to a JSON schema.
 * Throws MusterError `call/bad-argument` for an address that a key must not be sent to.
 */
export function openAiJudge(options: OpenAiJudgeOptions): Judge {
  const url = endpoint(options.address, options.key !== null);
  const format = {
    type: "json_schema",
    json_schema: { name: "judgement", strict: true, schema: replySchema(options) },
  };
  return {
    id: judgeId(options),
    scale: options.scale,
    async judge(item: JudgeItem, { signal, swapped = false }: JudgeOptions = {}): Promise<Judgement> {
      const body = {
        model: options.model,
        temperature: 0,
        max_tokens: mostTokens,
        response_format: format,
        messages: messagesFor(options, item, swapped),
      };
      let because = "";
      for (let tried = 0; tried <= options.retries; tried++) {
        const posted = await postJson(url, options.key, body, options.timeoutMs, signal);
        if (posted.kind === "refused") throw refused(options, posted.because);
        if (posted.kind === "answered") {
          const score = scoreIn(contentOf(posted.body), options.scale);
          if (score !== null) return { kind: "judged", score };
          because = "the reply has no score of the scale";
          continue;
        }
        because = posted.because;
        if (!posted.again) break;
        if (tried < options.retries) await sleep(posted.after ?? firstWait * 2 ** tried, signal);
      }
      return { kind: "failed", because };
    },
  };
}

function refused({ model, address }: OpenAiJudgeOptions, because: string): MusterError {
  const { origin } = new URL(address);
  return new MusterError("judge/refused", `The judge ${model} at ${origin} cannot be asked: ${because}.`, {
    hint: "Check its address, its model and the key that the environment holds.",
  });
}

/** A key travels encrypted, or not at all beyond this machine. */
function endpoint(address: string, hasKey: boolean): string {
  let url: URL;
  try {
    url = new URL(`${address.replace(/\/+$/, "")}/chat/completions`);
  } catch {
    throw new MusterError("call/bad-argument", `${JSON.stringify(address)} is no address of a judge.`);
  }
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.username !== "" || url.password !== "") {
    throw new MusterError("call/bad-argument", "The judge's address must not carry a name or a password.", {
      hint: "Put the key into an environment variable and name that in key.",
    });
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && (local || !hasKey))) return url.href;
  throw new MusterError("call/bad-argument", `A key is not sent to ${url.origin} in the clear.`, {
    hint: "Take an https address.",
  });
}

/** The text of the first choice; empty where there is none, or where it was cut off. */
function contentOf(body: string): string {
  try {
    const reply: unknown = JSON.parse(body);
    const choices = field(reply, "choices");
    const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
    if (field(first, "finish_reason") === "length") return "";
    const content = field(field(first, "message"), "content");
    return typeof content === "string" ? content : "";
  } catch {
    return "";
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done, fail) => {
    const stop = (): void => {
      clearTimeout(timer);
      fail(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      done();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

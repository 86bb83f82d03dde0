/** What a path asks for. */
export type Route =
  | "server"
  | "live"
  | "ready"
  | "models"
  | "model"
  | "model-ready"
  | "infer"
  | "predict"
  | "metrics";

export type Found =
  | { readonly kind: "found"; readonly route: Route }
  | { readonly kind: "wrong-method"; readonly allow: string }
  | { readonly kind: "unknown"; readonly what: "path" | "model" | "version" };

const posts: ReadonlySet<Route> = new Set<Route>(["infer", "predict"]);

const plain: ReadonlyMap<string, Route> = new Map([
  ["/v2", "server"],
  ["/v2/", "server"],
  ["/v2/health/live", "live"],
  ["/v2/health/ready", "ready"],
  ["/v2/models", "models"],
  ["/predict", "predict"],
  ["/metrics", "metrics"],
]);

/** Finds what a request is for; `model` and `version` are the only ones served, matched exactly after one decoding. */
export function routeOf(method: string, url: string, model: string, version: string): Found {
  const query = url.indexOf("?");
  const path = query === -1 ? url : url.slice(0, query);
  const route = plain.get(path) ?? modelRoute(path, model, version);
  if (typeof route === "object") return route;
  if (posts.has(route)) {
    return method === "POST" ? { kind: "found", route } : { kind: "wrong-method", allow: "POST" };
  }
  return method === "GET" || method === "HEAD"
    ? { kind: "found", route }
    : { kind: "wrong-method", allow: "GET, HEAD" };
}

const lasts: ReadonlyMap<string | undefined, Route> = new Map<string | undefined, Route>([
  [undefined, "model"],
  ["ready", "model-ready"],
  ["infer", "infer"],
]);

function modelRoute(path: string, model: string, version: string): Route | Found {
  const prefix = "/v2/models/";
  if (!path.startsWith(prefix)) return { kind: "unknown", what: "path" };
  const [name, ...rest] = path.slice(prefix.length).split("/");
  const versioned = rest[0] === "versions";
  const route = rest.length > (versioned ? 3 : 1) ? undefined : lasts.get(rest[versioned ? 2 : 0]);
  if (route === undefined) return { kind: "unknown", what: "path" };
  if (decode(name) !== model) return { kind: "unknown", what: "model" };
  return versioned && decode(rest[1]) !== version ? { kind: "unknown", what: "version" } : route;
}

function decode(part: string | undefined): string | null {
  try {
    return part === undefined ? null : decodeURIComponent(part);
  } catch {
    return null;
  }
}

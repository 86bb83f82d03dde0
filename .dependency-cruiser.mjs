// The layers of the architecture, as rules. Each says where misplaced code belongs. ARCHITECTURE.md has the picture.

const src = "^packages/muster/src/";
const tests = "(\\.test\\.ts$|/conformance\\.ts$|/fixtures/)";

/** Files of `layer` may import only from `allowed` layers, themselves and npm packages. */
const only = (layer, allowed, comment) => ({
  name: `${layer}-imports-down`,
  severity: "error",
  comment,
  from: { path: `${src}${layer}/`, pathNot: tests },
  to: { path: `${src}(?!(${[layer, ...allowed].join("|")})/)` },
});

/** An npm package that exactly one file may import. */
const native = (name, file) => ({
  name: `${name.replace(/[^a-z]+/g, "-")}-where-it-belongs`,
  severity: "error",
  comment: `${name} is imported in ${file} only; everything else goes through the port beside it.`,
  from: { path: src, pathNot: [`${src}${file}$`, tests] },
  to: { path: `(^|/)node_modules/${name}/` },
});

export default {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Two files that need each other hold three ideas: move the shared one into a file of its own.",
      from: {},
      to: { circular: true },
    },
    only("source", [], "source is a leaf: what needs more than text and positions belongs in spec or above."),
    only("stats", [], "stats is a leaf of pure numbers: what knows of claims or tables belongs in checks."),
    only("query", [], "query is a leaf: reads are data. What runs them belongs in engine."),
    only(
      "transform",
      ["source"],
      "transform is a leaf: values of rows as formulas. What a spec says of them belongs in prepare.",
    ),
    only(
      "prepare",
      ["source", "query", "stats", "transform", "spec", "engine", "model"],
      "prepare turns the contract's preprocessing into programs; what serves or judges them lies above.",
    ),
    only("claims", ["source", "query"], "claims are the nouns: what computes belongs in checks or evaluate."),
    only(
      "spec",
      ["source", "query", "claims", "stats"],
      "spec turns text into data: what measures belongs in checks.",
    ),
    only(
      "checks",
      [
        "source",
        "query",
        "claims",
        "stats",
        "transform",
        "spec",
        "prepare",
        "engine/engine.ts|model/model.ts|engine|model",
      ],
      "checks are pure: they see reads and answers, never an engine, a store or a report.",
    ),
    {
      name: "checks-know-ports-as-types-only",
      severity: "error",
      comment: "A check may speak of a table's or a model's description; what runs them belongs in evaluate.",
      from: { path: `${src}(checks|claims|spec)/`, pathNot: tests },
      to: { path: `${src}(engine|model|store)/`, dependencyTypesNot: ["type-only"] },
    },
    only(
      "evaluate",
      [
        "source",
        "query",
        "claims",
        "stats",
        "checks",
        "transform",
        "spec",
        "prepare",
        "engine",
        "model",
        "judge",
      ],
      "evaluate joins claims, checks and ports; it neither stores nor prints.",
    ),
    only(
      "start",
      ["source", "query", "claims", "stats", "spec", "engine", "evaluate"],
      "start drafts specs from what people have; it neither measures models nor writes files.",
    ),
    only("engine", ["source", "query", "transform"], "An engine answers reads and knows nothing of claims."),
    only("judge", ["source", "stats"], "A judge scores answers and knows nothing of tables or specs."),
    only("model", ["source"], "A model predicts and knows nothing of claims or specs."),
    only("store", ["source", "claims"], "A store keeps nouns; what decides belongs in gate or evaluate."),
    only("gate", ["source", "claims"], "The gate decides from claims and verdicts alone."),
    only(
      "gateway",
      ["source", "query", "claims", "transform", "spec", "prepare", "model"],
      "The gateway serves under a spec through the model port; it never measures, gates or stores.",
    ),
    only(
      "lsp",
      ["source", "spec", "claims", "checks", "evaluate", "report", "query"],
      "The language server answers from a text and from what it is handed: files and stores belong in cli.",
    ),
    only(
      "report",
      ["source", "claims", "gate", "evaluate"],
      "A report prints what was decided; it decides nothing.",
    ),
    {
      name: "adapters-come-from-wire",
      severity: "error",
      comment:
        "Only cli/wire.ts chooses adapters: take the port as an argument instead. index.ts hands out the engine in memory, which runs anywhere, and node.ts those that need Node.",
      from: {
        path: src,
        pathNot: [
          `${src}cli/wire\\.ts$`,
          `${src}(index|node)\\.ts$`,
          `${src}(engine|model|judge|store)/`,
          tests,
        ],
      },
      to: {
        path: `${src}(engine/(duckdb|memory)|model/onnx|judge/openai|store/(sqlite|memory|sql-store))`,
        dependencyTypesNot: ["type-only"],
      },
    },
    native("@duckdb/node-(api|bindings)", "engine/duckdb/(session|each-doubles)\\.ts"),
    native("onnxruntime-node", "model/onnx/onnx-session\\.ts"),
    native("libsql", "store/sqlite\\.ts"),
    native("vscode-languageserver", "lsp/connection\\.ts"),
    {
      name: "browser-safe",
      severity: "error",
      comment: "These layers also run in a browser (editors, the board): hand in what Node would give.",
      from: {
        path: `${src}(source|stats|query|transform|claims|spec|prepare|checks|judge|evaluate|gate|report|start|lsp)/`,
        pathNot: [`${src}lsp/connection\\.ts$`, tests],
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-tests-in-the-product",
      severity: "error",
      comment: "Move what the product needs out of the test.",
      from: { path: src, pathNot: tests },
      to: { path: tests },
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "The import points at nothing.",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "declared-dependencies",
      severity: "error",
      comment:
        "The package would break for its users: declare it under dependencies (or as an optional peer).",
      from: { path: src, pathNot: tests },
      to: {
        dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev"],
        pathNot: "node_modules/onnxruntime-node/",
      },
    },
  ],
  options: {
    tsPreCompilationDeps: "specify",
    doNotFollow: { path: "node_modules" },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};

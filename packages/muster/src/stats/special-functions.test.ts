import { describe, expect, test } from "vitest";
import { incompleteBeta, inverseIncompleteBeta } from "./incomplete-beta.ts";
import { chiSquaredUpper, incompleteGamma } from "./incomplete-gamma.ts";
import { logGamma } from "./log-gamma.ts";
import { normalQuantile, normalTails } from "./normal.ts";
import { tQuantile, tTails } from "./student-t.ts";

// Reference values: scipy 1.17.1 (scipy.special and scipy.stats).

const logGammas = [
  [1e-8, 18.42068073818021],
  [0.1, 2.252712651734206],
  [0.5, 0.5723649429247],
  [1, 0.0],
  [1.5, -0.12078223763524526],
  [2, 0.0],
  [3.7, 1.428072326665388],
  [10, 12.801827480081469],
  [171.3, 708.1149470389971],
  [1000.0, 5905.220423209181],
  [1000000.0, 12815504.569147611],
];

/** a, b, x, lower tail, upper tail. */
const betas = [
  [1, 1, 0.3, 0.3, 0.7],
  [0.5, 0.5, 0.01, 0.06376856085851985, 0.9362314391414801],
  [2, 3, 0.5, 0.6875, 0.3125],
  [20, 5, 0.9, 0.9149251141213293, 0.08507488587867076],
  [951, 50, 0.94, 0.07792449927953252, 0.9220755007204676],
  [951, 50, 0.99, 1.0, 8.30637143538907e-20],
  [100000.0, 1000.0, 0.99, 0.3717821455135547, 0.6282178544864461],
  [999001, 1000, 0.9991, 0.9994530263992343, 0.0005469736007657067],
  [0.5, 100000.0, 1e-6, 0.3452788311131676, 0.6547211688868324],
  [3, 1000000.0, 1e-5, 0.9972307404817266, 0.002769259518147313],
  [500000.0, 500000.0, 0.501, 0.9772499490383677, 0.022750050961631484],
  [1, 30, 1e-12, 2.9999999999565e-11, 0.99999999997],
];

/** a, b, probability, quantile. */
const betaQuantiles = [
  [1, 1, 0.05, 0.05],
  [95, 6, 0.05, 0.8977466223567255],
  [95, 6, 0.95, 0.9735502870240524],
  [1, 30, 0.025, 0.0008435709266304788],
  [30, 1, 0.975, 0.9991564290733695],
  [999001, 1000, 0.05, 0.998947451085732],
  [2.5, 7.25, 0.001, 0.01309830143937922],
  [0.5, 0.5, 0.9999, 0.999999975325989],
  [500000.0, 500000.0, 0.05, 0.49917757353719555],
  [0.1, 3, 0.01, 2.3669013519449126e-21],
  [500, 0.5, 0.3, 0.9989258459629038],
];

/** a, x, lower tail, upper tail. */
const gammas = [
  [0.5, 0.1, 0.34527915398142317, 0.6547208460185768],
  [0.5, 8, 0.9999366575163338, 6.334248366623988e-5],
  [0.5, 300, 1.0, 1.674167984691805e-132],
  [3, 2.5, 0.45618688411667035, 0.5438131158833297],
  [50, 30, 0.0005188914625480344, 0.999481108537452],
  [50, 80, 0.9998692160234086, 0.0001307839765914092],
  [1000, 1000, 0.5042052441802155, 0.4957947558197845],
  [100000.0, 101000.0, 0.9991915784870744, 0.0008084215129255896],
  [100000.0, 100000.0, 0.5004205221103651, 0.4995794778896348],
];

/** z, lower tail, upper tail. */
const normals = [
  [-37, 5.7255712225239266e-300, 1.0],
  [-8, 6.22096057427174e-16, 0.9999999999999993],
  [-3.2, 0.0006871379379158471, 0.9993128620620841],
  [-1, 0.15865525393145707, 0.8413447460685429],
  [-0.01, 0.4960106436853684, 0.5039893563146316],
  [0, 0.5, 0.5],
  [0.5, 0.6914624612740131, 0.3085375387259869],
  [2, 0.9772498680518208, 0.022750131948179195],
  [5, 0.9999997133484281, 2.866515718791933e-7],
  [20, 1.0, 2.7536241186061556e-89],
];

const normalQuantiles = [
  [1e-300, -37.0470962993612],
  [1e-20, -9.262340089798409],
  [1e-6, -4.753424308822899],
  [0.01, -2.3263478740408408],
  [0.025, -1.9599639845400545],
  [0.05, -1.6448536269514729],
  [0.3, -0.5244005127080409],
  [0.5, 0.0],
  [0.7, 0.5244005127080407],
  [0.95, 1.6448536269514722],
  [0.975, 1.959963984540054],
  [0.999999, 4.753424308817087],
];

/** t, degrees of freedom, lower tail, upper tail. */
const students = [
  [-2, 1, 0.14758361765043326, 0.8524163823495667],
  [0, 5, 0.5, 0.5],
  [0.3, 2.5, 0.6063288142524014, 0.39367118574759863],
  [2.1, 29, 0.9777290209818548, 0.022270979018145207],
  [6, 9, 0.9998987503389661, 0.00010124966103382039],
  [40, 3, 0.9999828096596054, 1.7190340394579253e-5],
  [1.7, 1000000.0, 0.9554343817548255, 0.04456561824517442],
  [-3, 10000.0, 0.001353224094998833, 0.9986467759050012],
];

/** probability, degrees of freedom, quantile. */
const studentQuantiles = [
  [0.95, 1, 6.313751514675037],
  [0.95, 5, 2.0150483733330233],
  [0.975, 29, 2.045229642132703],
  [0.999, 2.5, 13.82219311086596],
  [0.05, 1000000.0, -1.6448551507220406],
  [0.5, 3, 0.0],
  [0.51, 4, 0.02667061830264906],
  [0.95, 10000.0, 1.645006018069243],
  [1e-10, 7, -53.83557948467374],
];

function expectClose(got: number, expected: number, relative: number = 1e-10): void {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(
    Math.max(relative * Math.abs(expected), 1e-15 * relative),
  );
}

describe("special functions agree with scipy in both tails", () => {
  test.each(logGammas)("log-gamma of %d", (x = 0, expected = 0) => {
    expect(Math.abs(logGamma(x) - expected)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected)));
  });

  test.each(betas)("incomplete beta at a=%d b=%d x=%d", (a = 0, b = 0, x = 0, lower = 0, upper = 0) => {
    const got = incompleteBeta(x, a, b);
    expectClose(got.lower, lower);
    expectClose(got.upper, upper);
  });

  test.each(betaQuantiles)("beta quantile a=%d b=%d at %d", (a = 0, b = 0, p = 0, expected = 0) => {
    const got = inverseIncompleteBeta({ lower: p, upper: 1 - p }, a, b);
    expectClose(got.x, expected);
    expect(got.x + got.y).toBeCloseTo(1, 15);
  });

  test.each(gammas)("incomplete gamma at a=%d x=%d", (a = 0, x = 0, lower = 0, upper = 0) => {
    const got = incompleteGamma(a, x);
    expectClose(got.lower, lower);
    expectClose(got.upper, upper);
  });

  test.each(normals)("normal tails at %d", (z = 0, lower = 0, upper = 0) => {
    const got = normalTails(z);
    expectClose(got.lower, lower);
    expectClose(got.upper, upper);
  });

  test.each(normalQuantiles)("normal quantile at %d", (p = 0, expected = 0) => {
    expectClose(normalQuantile(p), expected, 1e-13);
  });

  test.each(students)("t tails at t=%d df=%d", (t = 0, df = 0, lower = 0, upper = 0) => {
    const got = tTails(t, df);
    expectClose(got.lower, lower);
    expectClose(got.upper, upper);
  });

  test.each(studentQuantiles)("t quantile at %d df=%d", (p = 0, df = 0, expected = 0) => {
    expectClose(tQuantile(p, df), expected);
  });

  test.each([
    [3.841458820694124, 1, 0.04999999999999989],
    [30, 10, 0.000856641210775301],
    [250, 200, 0.009379131668826098],
  ])("chi-squared tail beyond %d with df=%d", (x, df, expected) => {
    expectClose(chiSquaredUpper(x, df), expected, 1e-9);
  });

  test("the ends of a distribution are its infinities", () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(tQuantile(1, 5)).toBe(Number.POSITIVE_INFINITY);
    expect(inverseIncompleteBeta({ lower: 0, upper: 1 }, 2, 3)).toEqual({ x: 0, y: 1 });
  });
});

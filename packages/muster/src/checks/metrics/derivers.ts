import type { Deriver, Derivers } from "./deriver.ts";
import { labelRanking } from "./multilabel/label-ranking.ts";
import { textDerivers } from "./text/text-metrics.ts";
import { trueClassRank } from "./top-k-accuracy.ts";

const all: readonly Deriver[] = [labelRanking, trueClassRank, ...textDerivers];

/** Every deriver that Muster has, by its name. */
export const derivers: Derivers = new Map(all.map((deriver) => [deriver.name, deriver]));

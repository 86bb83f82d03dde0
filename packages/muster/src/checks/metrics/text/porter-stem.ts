/**
 * M. F. Porter, An algorithm for suffix stripping, Program 14 (1980) 130, with the extensions that NLTK made its
 * default and rouge-score therefore uses: irregular words, `-ies`/`-ied` of four letters, y after a consonant only,
 * `-bli`, `-fulli`, `-logi`. Takes one word in lower case; marks and digits count as consonants.
 */
export function porterStem(word: string): string {
  const irregular = irregularWords.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length <= 2) return word;
  return doubleL(finalE(longSuffix(nominal(derived(finalY(pastOrProgressive(plural(word))))))));
}

const irregularWords: ReadonlyMap<string, string> = new Map([
  ["sky", "sky"],
  ["skies", "sky"],
  ["dying", "die"],
  ["lying", "lie"],
  ["tying", "tie"],
  ["news", "news"],
  ["innings", "inning"],
  ["inning", "inning"],
  ["outings", "outing"],
  ["outing", "outing"],
  ["cannings", "canning"],
  ["canning", "canning"],
  ["howe", "howe"],
  ["proceed", "proceed"],
  ["exceed", "exceed"],
  ["succeed", "succeed"],
]);

/** For each letter whether it is a consonant; y is one at the start and after a vowel. */
function consonants(word: string): boolean[] {
  const flags: boolean[] = [];
  for (let i = 0; i < word.length; i++) {
    const letter = word.charAt(i);
    flags.push(letter === "y" ? i === 0 || flags[i - 1] === false : !"aeiou".includes(letter));
  }
  return flags;
}

/** How often a vowel is followed by a consonant: Porter's m. */
function measure(stem: string): number {
  const flags = consonants(stem);
  return flags.filter((flag, i) => flag && i > 0 && flags[i - 1] === false).length;
}

function hasVowel(stem: string): boolean {
  return consonants(stem).includes(false);
}

function endsInDoubleConsonant(word: string): boolean {
  const { length } = word;
  return length >= 2 && word[length - 1] === word[length - 2] && consonants(word)[length - 1] === true;
}

/** Consonant, vowel, consonant other than w, x, y; or two letters, vowel and consonant. */
function endsShort(word: string): boolean {
  const [last, middle, first] = consonants(word).reverse();
  if (last !== true || middle !== false) return false;
  return word.length === 2 || (first === true && !"wxy".includes(word.charAt(word.length - 1)));
}

type Rule = readonly [suffix: string, replacement: string];

/** The first rule whose suffix the word has decides, also when its stem is refused. */
function byFirst(
  word: string,
  rules: readonly Rule[],
  allows: (stem: string, suffix: string) => boolean,
): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (rule === undefined) return word;
  const [suffix, replacement] = rule;
  const stem = word.slice(0, word.length - suffix.length);
  return allows(stem, suffix) ? stem + replacement : word;
}

function plural(word: string): string {
  if (word.endsWith("ies") && word.length === 4) return word.slice(0, -1);
  const rules: readonly Rule[] = [
    ["sses", "ss"],
    ["ies", "i"],
    ["ss", "ss"],
    ["s", ""],
  ];
  return byFirst(word, rules, () => true);
}

function pastOrProgressive(word: string): string {
  if (word.endsWith("ied")) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith("eed")) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const suffix = ["ed", "ing"].find((each) => word.endsWith(each) && hasVowel(word.slice(0, -each.length)));
  if (suffix === undefined) return word;
  const stem = word.slice(0, -suffix.length);
  if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) return `${stem}e`;
  if (endsInDoubleConsonant(stem))
    return "lsz".includes(stem.charAt(stem.length - 1)) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem;
}

function finalY(word: string): string {
  if (!word.endsWith("y")) return word;
  const stem = word.slice(0, -1);
  return stem.length > 1 && consonants(stem)[stem.length - 1] === true ? `${stem}i` : word;
}

const derivations: readonly Rule[] = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["izer", "ize"],
  ["bli", "ble"],
  ["alli", "al"],
  ["entli", "ent"],
  ["eli", "e"],
  ["ousli", "ous"],
  ["ization", "ize"],
  ["ation", "ate"],
  ["ator", "ate"],
  ["alism", "al"],
  ["iveness", "ive"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["aliti", "al"],
  ["iviti", "ive"],
  ["biliti", "ble"],
  ["fulli", "ful"],
  ["logi", "log"],
];

function derived(word: string): string {
  if (word.endsWith("alli") && measure(word.slice(0, -4)) > 0) return derived(word.slice(0, -2));
  return byFirst(word, derivations, (stem, suffix) => measure(suffix === "logi" ? `${stem}l` : stem) > 0);
}

const nominals: readonly Rule[] = [
  ["icate", "ic"],
  ["ative", ""],
  ["alize", "al"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ful", ""],
  ["ness", ""],
];

function nominal(word: string): string {
  return byFirst(word, nominals, (stem) => measure(stem) > 0);
}

const longSuffixes: readonly Rule[] = [
  "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize",
].flatMap((all) => all.split(" ").map((suffix): Rule => [suffix, ""]));

function longSuffix(word: string): string {
  return byFirst(
    word,
    longSuffixes,
    (stem, suffix) => measure(stem) > 1 && (suffix !== "ion" || stem.endsWith("s") || stem.endsWith("t")),
  );
}

function finalE(word: string): string {
  if (!word.endsWith("e")) return word;
  const stem = word.slice(0, -1);
  const m = measure(stem);
  return m > 1 || (m === 1 && !endsShort(stem)) ? stem : word;
}

function doubleL(word: string): string {
  return word.endsWith("ll") && measure(word.slice(0, -1)) > 1 ? word.slice(0, -1) : word;
}

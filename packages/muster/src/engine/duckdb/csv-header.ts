/** How a CSV file is cut, and the names in its first line as they stand there. */
export interface CsvHeader {
  readonly delimiter: string;
  readonly names: readonly string[];
}

const usualDelimiters = [",", ";", "\t", "|"];

/**
 * Reads the header of a CSV file from its beginning. The delimiter is the one that cuts the first line into most
 * names, unless the file's kind fixes it: guessing it from the rows instead lets one odd row change how all of them are read.
 */
export function readCsvHeader(beginning: string, delimiters: readonly string[] = usualDelimiters): CsvHeader {
  const text = beginning.startsWith("\uFEFF") ? beginning.slice(1) : beginning;
  const readings = delimiters.map((delimiter) => ({ delimiter, ...firstRecord(text, delimiter) }));
  const sound = readings.filter((reading) => reading.sound);
  const [first = { delimiter: ",", names: [] }, ...rest] = sound.length > 0 ? sound : readings;
  const { delimiter, names } = rest.reduce<CsvHeader>(
    (best, reading) => (reading.names.length > best.names.length ? reading : best),
    first,
  );
  return { delimiter, names };
}

/**
 * RFC 4180: fields may be quoted, a quote inside is doubled, and a quoted field may hold line breaks. Not sound is a
 * quote in the midst of a field, as a wrong delimiter makes them.
 */
function firstRecord(
  text: string,
  delimiter: string,
): { readonly names: readonly string[]; readonly sound: boolean } {
  const names: string[] = [];
  let name = "";
  let state: "plain" | "quoted" | "closed" = "plain";
  let sound = true;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (state === "quoted") {
      if (char !== '"') name += char;
      else if (text[i + 1] === '"') name += text[++i];
      else state = "closed";
    } else if (char === delimiter) {
      names.push(name);
      name = "";
      state = "plain";
    } else if (char === "\n" || char === "\r") {
      break;
    } else if (char === '"' && name === "" && state === "plain") {
      state = "quoted";
    } else {
      sound &&= char !== '"' && state === "plain";
      name += char;
    }
  }
  return { names: [...names, name], sound };
}

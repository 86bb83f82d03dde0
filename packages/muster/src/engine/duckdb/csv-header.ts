/** How a CSV file is cut, and the names in its first line as they stand there. */
export interface CsvHeader {
  readonly delimiter: string;
  readonly names: readonly string[];
}

const delimiters = [",", ";", "\t", "|"];

/**
 * Reads the header of a CSV file from its beginning. The delimiter is the one that cuts the first line into most
 * names: guessing it from the rows instead lets one odd row change how all of them are read.
 */
export function readCsvHeader(beginning: string): CsvHeader {
  const text = beginning.startsWith("\uFEFF") ? beginning.slice(1) : beginning;
  const readings = delimiters.map((delimiter) => ({ delimiter, names: firstRecord(text, delimiter) }));
  return readings.reduce((best, reading) => (reading.names.length > best.names.length ? reading : best));
}

/** RFC 4180: fields may be quoted, a quote inside is doubled, and a quoted field may hold line breaks. */
function firstRecord(text: string, delimiter: string): readonly string[] {
  const names: string[] = [];
  let name = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char !== '"') name += char;
      else if (text[i + 1] === '"') name += text[++i];
      else quoted = false;
    } else if (char === '"' && name === "") quoted = true;
    else if (char === delimiter) {
      names.push(name);
      name = "";
    } else if (char === "\n" || char === "\r") break;
    else name += char;
  }
  return [...names, name];
}

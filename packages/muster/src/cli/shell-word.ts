/** A word as a reader can paste it into a shell: quoted where a space or a sign would change what it means. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Splits what was typed or pasted into keywords: at commas, semicolons and line ends. */
export function splitKeywords(text: string): string[] {
  return text
    .split(/[,;\n\r\t]+/)
    .map((word) => word.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
}

/** Adds keywords at the end; one that is there already, in any case, is not added twice. */
export function withKeywords(keywords: readonly string[], added: readonly string[]): string[] {
  const all = [...keywords];
  for (const word of added) {
    if (!all.some((one) => one.toLowerCase() === word.toLowerCase())) all.push(word);
  }
  return all;
}

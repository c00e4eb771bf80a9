/**
 * Where a text is cut when there is no room: the end that tells names apart stays. That is the last path
 * segment when it is short enough, else the last 16 characters.
 * Short texts are not cut in two.
 */
export function splitForMiddle(text: string): readonly [string, string] {
  if (text.length <= 12) return [text, ''];
  const lastSegment = text.slice(text.lastIndexOf('/') + 1);
  const keep = lastSegment.length > 0 && lastSegment.length <= 20 ? lastSegment.length : 16;
  const cut = Math.max(Math.ceil(text.length / 2), text.length - keep);
  return [text.slice(0, cut), text.slice(cut)];
}

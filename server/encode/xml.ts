const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 allows in no form, or advises against: https://www.w3.org/TR/xml/#charsets */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/** A text as it stands in XML, also inside an attribute in quotes; characters that XML cannot have are left out. */
export function escapeXml(text: string): string {
  return text.replaceAll(FORBIDDEN, '').replaceAll(/[&<>"]/g, (character) => ESCAPES[character] as string);
}

/** A template of XML: whatever is put into it is escaped. */
export function xml(strings: TemplateStringsArray, ...parts: readonly (string | number)[]): string {
  return strings.map((string, index) => (index === 0 ? string : escapeXml(String(parts[index - 1])) + string)).join('');
}

import { decoderOf, LANGUAGES } from './code-pages.ts';

/** How the text of a table is read, and where that was learned. */
export interface TableText {
  readonly label: string;
  /** What was said and could not be followed, for an issue; null when all was well. */
  readonly doubt: string | null;
  decode(bytes: Buffer): string;
  /** Whether some text was not UTF-8 where that was tried first. */
  readonly fellBack: boolean;
}

/**
 * By the .cpg, else by the language byte of the .dbf, else as UTF-8 where a value is valid as such and as Windows-1252
 * where it is not. A .cpg that says UTF-8 over bytes that are not gets the same second try.
 */
export function tableText(cpg: string | null, language: number): TableText {
  const said = cpg === null ? null : labelOf(cpg);
  if (said === 'utf-8') return tryUtf8('utf-8', null);
  if (said !== null) {
    const decode = decoderOf(said);
    if (decode) return { label: said, doubt: null, decode, fellBack: false };
    return tryUtf8('utf-8', `The .cpg names the encoding "${cpg?.trim().slice(0, 40)}", which is not known here`);
  }
  const byLanguage = LANGUAGES[language];
  const decode = byLanguage && decoderOf(byLanguage);
  if (byLanguage && decode) return { label: byLanguage, doubt: null, decode, fellBack: false };
  return tryUtf8('utf-8', null);
}

/** The label of what a .cpg says in one of its many ways: `UTF-8`, `65001`, `1252`, `ANSI 1252`, `88591`, `OEM 850`. */
function labelOf(cpg: string): string | null {
  const text = cpg
    .replace(/[\0\uFEFF]/g, '')
    .trim()
    .toLowerCase();
  if (text === '') return null;
  if (/^utf-?_?8$|^65001$/.test(text)) return 'utf-8';
  const iso = /^(?:iso)?[ _-]?8859[ _-]?(\d{1,2})$/.exec(text);
  if (iso) return `iso-8859-${iso[1]}`;
  const page = /^(?:ansi|cp|ms|oem|ibm|windows|system)?[ _-]?(\d{3,5})$/.exec(text)?.[1];
  if (page === undefined) return text;
  if (/^125\d$/.test(page)) return `windows-${page}`;
  return (
    { 437: 'ibm437', 850: 'ibm850', 866: 'ibm866', 932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5' }[page] ??
    text
  );
}

function tryUtf8(label: string, doubt: string | null): TableText {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const western = new TextDecoder('windows-1252');
  const text = {
    label,
    doubt,
    fellBack: false,
    decode(bytes: Buffer): string {
      try {
        return strict.decode(bytes.subarray(0, wholeLetters(bytes)));
      } catch {
        text.fellBack = true;
        return western.decode(bytes);
      }
    },
  };
  return text;
}

/** The length without a letter of UTF-8 that the width of its column cut through. */
function wholeLetters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back && back < bytes.length ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** The upper halves of the two code pages of DOS, bytes 128 to 255: old tables of Europe and Africa are written in them. */
const DOS = {
  ibm437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  ibm850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
};

/** What a .dbf may say of its language in byte 29, as far as it is met, by the names of the Encoding Standard. */
export const LANGUAGES: Readonly<Record<number, string>> = {
  1: 'ibm437',
  2: 'ibm850',
  3: 'windows-1252',
  9: 'ibm437',
  10: 'ibm850',
  11: 'ibm437',
  13: 'ibm437',
  14: 'ibm850',
  19: 'shift_jis',
  29: 'ibm850',
  27: 'ibm437',
  37: 'ibm850',
  38: 'ibm866',
  55: 'ibm850',
  77: 'gbk',
  78: 'euc-kr',
  79: 'big5',
  87: 'windows-1252',
  88: 'windows-1252',
  89: 'windows-1252',
  101: 'ibm866',
  124: 'windows-874',
  125: 'windows-1255',
  126: 'windows-1256',
  200: 'windows-1250',
  201: 'windows-1251',
  202: 'windows-1254',
  203: 'windows-1253',
  204: 'windows-1257',
};

/** A decoder by its name; null when there is none of that name. It never throws on bytes: what fits nothing is U+FFFD. */
export function decoderOf(label: string): ((bytes: Buffer) => string) | null {
  const upper = Object.entries(DOS).find(([name]) => name === label)?.[1];
  if (upper) {
    return (bytes) =>
      bytes.toString('latin1').replace(/[\x80-\xff]/g, (letter) => upper[letter.charCodeAt(0) - 128] as string);
  }
  try {
    const decoder = new TextDecoder(label);
    return (bytes) => decoder.decode(bytes);
  } catch {
    return null;
  }
}

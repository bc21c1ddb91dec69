import { inLight, tokenColors } from './token-colors.ts';

/** Gives the reader a file that the page has made. */
export function saveFile(name: string, type: string, content: string): void {
  saveBlob(name, new Blob([content], { type }));
}

/** Gives the reader a file that the page has fetched. */
export function saveBlob(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read it a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** What of the page's look a drawing needs to stand alone. */
const LOOK = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
];

/** Gives the reader a drawing of the page as `{name}.svg`, dark on light as for paper, whatever the page looks like. */
export function saveDrawing(name: string, drawing: SVGSVGElement): void {
  saveFile(
    `${name}.svg`,
    'image/svg+xml',
    inLight(() => svgText(drawing, tokenColors().paper)),
  );
}

/** A drawing that stands alone: its look comes from style sheets, which stay behind. */
function svgText(drawing: SVGSVGElement, background: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const own = [...drawing.querySelectorAll('*')];
  for (const [at, element] of [...copy.querySelectorAll('*')].entries()) {
    const computed = getComputedStyle(own[at] as Element);
    for (const name of LOOK) element.setAttribute(name, computed.getPropertyValue(name));
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of [
    ['width', '100%'],
    ['height', '100%'],
    ['fill', background],
  ] as const) {
    ground.setAttribute(name, value);
  }
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

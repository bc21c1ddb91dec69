import type { TokenColors } from '../charts/token-colors.ts';
import { local, t } from '../i18n/text.ts';
import { cited } from './cited.ts';
import { type Block, inColumns } from './columns.ts';
import type { Facts, LayerFacts } from './facts.ts';
import type { ScaleBar } from './scale-bar.ts';
import { textLines } from './text-lines.ts';

/** The map as a picture that may be passed on: with all that must go along with it. Sizes are CSS pixels. */

export interface PictureContent {
  readonly title: string;
  readonly note: string;
  readonly facts: Facts;
  readonly map: CanvasImageSource;
  /** Of the map on the page. */
  readonly width: number;
  readonly height: number;
  readonly bar: ScaleBar;
  /** Of the bar: "200 km". */
  readonly barText: string;
  /** The number of the scale and the projection, in a line. */
  readonly scale: string;
  /** The clock's bars, `CLOCK` pixels large; null where nothing has a date. */
  readonly clock: CanvasImageSource | null;
  /** What stands before an entry of the legend, 24 x 16. */
  readonly swatchOf: (swatch: LayerFacts['legend'][number]['swatch']) => CanvasImageSource | undefined;
  readonly receipt: string;
  readonly colors: TokenColors;
  /** Pixels of the picture for one of the page. */
  readonly ratio: number;
}

const FONT = "'Noto Sans', sans-serif";
const [MARGIN, GAP, COLUMN] = [20, 12, 300];
const LEAST_WIDTH = 640;
/** Of the clock's bars. */
export const CLOCK = { width: 600, height: 196 };

interface Drawn extends Block {
  draw(x: number, y: number): void;
}

/** @throws Error where the browser has no room for a picture so large */
export function drawPicture(content: PictureContent): HTMLCanvasElement {
  const { colors, ratio, facts } = content;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error(t('export.noPicture'));
  const width = Math.max(LEAST_WIDTH, content.width);
  const inner = width - 2 * MARGIN;
  const mapHeight = (content.height * width) / content.width;

  const lines = (text: string, size: number, most: number, weight = 400) => {
    context.font = `${weight} ${size}px ${FONT}`;
    return textLines(text, most, (each) => context.measureText(each).width);
  };
  /** A paragraph, ready to be put somewhere. */
  const words = (text: string, most: number, size = 12, color = colors.ink, weight = 400): Drawn => {
    const broken = lines(text, size, most, weight);
    const step = Math.round(size * 1.4);
    return {
      height: broken.length * step,
      draw: (x, y) => {
        context.font = `${weight} ${size}px ${FONT}`;
        context.fillStyle = color;
        for (const [at, line] of broken.entries()) context.fillText(line, x, y + at * step + size);
      },
    };
  };
  const stacked = (parts: readonly Drawn[], gap = 2): Drawn => ({
    height: parts.reduce((sum, { height }) => sum + height, 0) + gap * Math.max(0, parts.length - 1),
    draw: (x, y) => {
      let at = y;
      for (const part of parts) {
        part.draw(x, at);
        at += part.height + gap;
      }
    },
  });
  const entry = (picture: CanvasImageSource | undefined, text: string, most: number, weight = 400): Drawn => {
    const label = words(text, most - (picture ? 32 : 0), 12, colors.ink, weight);
    return {
      height: Math.max(18, label.height),
      draw: (x, y) => {
        if (picture) context.drawImage(picture, x, y + 1, 24, 16);
        label.draw(x + (picture ? 32 : 0), y);
      },
    };
  };

  const columns = Math.max(1, Math.floor((inner + GAP) / COLUMN));
  const across = (inner - GAP * 2 * (columns - 1)) / columns;
  const heading = (text: string) => words(text.toUpperCase(), across, 11, colors.quiet, 600);
  const layerBlock = (layer: LayerFacts): Drawn => {
    const only = layer.legend.length === 1 ? layer.legend[0] : undefined;
    const name = layer.nature === null ? layer.title : `${layer.title} · ${layer.nature}`;
    return stacked([
      entry(only && content.swatchOf(only.swatch), name, across, 600),
      ...(layer.counted === null ? [] : [words(layer.counted, across, 11, colors.quiet)]),
      ...(layer.filter === null ? [] : [words(t('sheet.filter', { filter: layer.filter }), across, 11, colors.quiet)]),
      ...(only ? [] : layer.legend.map(({ swatch, label }) => entry(content.swatchOf(swatch), local(label), across))),
    ]);
  };
  const { works, layers } = cited(facts.layers);
  const blocks: Drawn[] = [
    heading(t('sheet.legend')),
    ...facts.layers.map(layerBlock),
    stacked([heading(t('sheet.caveats')), ...facts.caveats.map((caveat) => words(`· ${caveat}`, across, 11))]),
    stacked([heading(t('sheet.sources')), ...works.map((work, at) => words(`${at + 1}  ${work}`, across, 11))]),
    stacked(layers.map(({ title, text }) => words(`${title}: ${text}`, across, 11))),
  ];
  const set = inColumns(blocks, columns, GAP);
  const heightOf = (column: readonly Drawn[]) => stacked(column, GAP).height;
  const below = Math.max(0, ...set.map(heightOf));

  const title = words(content.title, inner - 130, 24, colors.ink, 600);
  const note = content.note.trim() === '' ? null : words(content.note.trim(), Math.min(inner, 900), 14);
  const clockHeight = content.clock ? CLOCK.height : 24;
  const foot = stacked([
    words(facts.disclaimer, inner, 11, colors.quiet),
    words(content.receipt, inner, 11, colors.quiet),
  ]);
  const head = MARGIN + title.height + (note ? note.height + 8 : 0) + 12;
  const height = Math.ceil(head + mapHeight + GAP + clockHeight + GAP + below + 2 * GAP + foot.height + MARGIN);

  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.scale(ratio, ratio);
  context.fillStyle = colors.paper;
  context.fillRect(0, 0, width, height);
  title.draw(MARGIN, MARGIN - 4);
  note?.draw(MARGIN, MARGIN + title.height + 4);
  drawHandling(context, content, width);
  context.drawImage(content.map, 0, head, width, mapHeight);
  drawScaleAndNorth(context, content, { width, top: head, height: mapHeight, grown: width / content.width });

  let y = head + mapHeight + GAP;
  if (content.clock) context.drawImage(content.clock, MARGIN, y, CLOCK.width, CLOCK.height);
  else words(facts.window, CLOCK.width, 15, colors.ink, 600).draw(MARGIN, y);
  const scale = words(content.scale, 260, 11, colors.quiet);
  if (inner - CLOCK.width > 270) scale.draw(width - MARGIN - 260, y);
  y += clockHeight + GAP;
  for (const [at, column] of set.entries()) stacked(column, GAP).draw(MARGIN + at * (across + 2 * GAP), y);
  y += below + GAP;
  context.fillStyle = colors.rule;
  context.fillRect(MARGIN, y, inner, 1);
  foot.draw(MARGIN, y + GAP);
  return canvas;
}

/** Who may have it, in the upper right corner. */
function drawHandling(context: CanvasRenderingContext2D, { facts, colors }: PictureContent, width: number): void {
  const text = t(facts.isInternal ? 'sheet.internal' : 'sheet.public').toUpperCase();
  const color = facts.isInternal ? colors.warn : colors.good;
  context.font = `600 13px ${FONT}`;
  const long = context.measureText(text).width;
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.strokeRect(width - MARGIN - long - 20, MARGIN, long + 20, 26);
  context.fillStyle = color;
  context.fillText(text, width - MARGIN - long - 10, MARGIN + 18);
}

function drawScaleAndNorth(
  context: CanvasRenderingContext2D,
  { bar, barText, colors }: PictureContent,
  { width, top, height, grown }: { width: number; top: number; height: number; grown: number },
): void {
  const long = bar.width * grown;
  const ground = (x: number, y: number, across: number, down: number) => {
    context.globalAlpha = 0.84;
    context.fillStyle = colors.paper;
    context.fillRect(x, y, across, down);
    context.globalAlpha = 1;
    context.fillStyle = colors.ink;
    context.strokeStyle = colors.ink;
  };
  const bottom = top + height - 16;
  ground(16, bottom - 36, long + 24, 36);
  context.font = `600 12px ${FONT}`;
  context.fillText(barText, 28, bottom - 20);
  context.lineWidth = 1.6;
  context.stroke(new Path2D(`M28 ${bottom - 14}v6h${long}v-6`));
  const [x, y] = [width - 48, top + 16];
  ground(x, y, 32, 50);
  context.fill(new Path2D(`M${x + 16} ${y + 5}l7 19-7-4.500-7 4.500z`));
  context.textAlign = 'center';
  context.font = `600 14px ${FONT}`;
  context.fillText(t('sheet.north'), x + 16, y + 43);
  context.textAlign = 'start';
}

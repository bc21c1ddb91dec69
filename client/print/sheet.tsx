import type { Facts } from '../export/facts.ts';
import { t } from '../i18n/text.ts';
import type { Orientation, Paper } from './job.ts';
import { MapFurniture } from './map-furniture.tsx';
import { SheetClock } from './sheet-clock.tsx';
import { CaveatsPart, LegendPart, NotePart, SourcesPart } from './sheet-parts.tsx';

/** What may go over to the next sheet. */
export type Movable = 'note' | 'legend' | 'sources';

export interface SheetContent {
  readonly paper: Paper;
  readonly orientation: Orientation;
  readonly title: string;
  readonly note: string;
  /** Above the title: of what it is a page. */
  readonly above: string;
  /** "2 of 3". */
  readonly place: string;
  readonly isInternal: boolean;
  readonly facts: Facts;
  /** As a data: address; null where no map can be drawn. */
  readonly picture: string | null;
  /** Of the map on the page, CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Metres across such a pixel, in the middle. */
  readonly perPixel: number;
  readonly hasGrid: boolean;
  /** "1 : 5 000 000 at 17°N, on A4". */
  readonly scale: string;
  /** When it was drawn and stored, and its receipt. */
  readonly receipt: string;
}

const classOf = ({ paper, orientation }: SheetContent, more: string) => `sheet is-${paper} is-${orientation} ${more}`;

/** Those that need a legend. */
const named = ({ layers }: SheetContent['facts']) => layers.filter(({ isScenery }) => !isScenery);

/** A sheet with a view. `density`: 0 to 3, smaller letters; `moved`: what stands on the next one. */
export function Sheet({
  content,
  density,
  moved,
}: {
  content: SheetContent;
  density: number;
  moved: readonly Movable[];
}) {
  const { facts, picture, note } = content;
  const isHere = (part: Movable) => !moved.includes(part);
  return (
    <article class={classOf(content, `density-${density}`)} lang={document.documentElement.lang}>
      <SheetHead content={content} title={content.title} />
      <figure class="sheet-map">
        {picture === null ? <p>{t('print.noMap')}</p> : <img src={picture} alt={content.title} />}
        {picture !== null && (
          <MapFurniture
            width={content.width}
            height={content.height}
            perPixel={content.perPixel}
            hasGrid={content.hasGrid}
          />
        )}
      </figure>
      <div class="sheet-below">
        <SheetClock window={facts.window} />
        <p class="sheet-scale">
          {content.scale}
          <br />
          {t('sheet.projection')}
        </p>
      </div>
      <div class="sheet-side">
        {note !== '' && isHere('note') && <NotePart note={note} />}
        {isHere('legend') && <LegendPart layers={named(facts)} />}
        <CaveatsPart caveats={facts.caveats} />
        {moved.length > 0 && <p class="sheet-elsewhere">{t('sheet.elsewhere')}</p>}
      </div>
      <div class="sheet-words">{isHere('sources') && <SourcesPart layers={facts.layers} />}</div>
      <SheetFoot content={content} />
    </article>
  );
}

/** What had no room on the sheet before. */
export function MoreSheet({
  content,
  density,
  moved,
}: {
  content: SheetContent;
  density: number;
  moved: readonly Movable[];
}) {
  const { facts, note } = content;
  return (
    <article class={classOf(content, `is-more density-${density}`)}>
      <SheetHead content={content} title={t('sheet.continued', { title: content.title })} />
      <div class="sheet-more">
        {moved.includes('note') && <NotePart note={note} />}
        {moved.includes('legend') && <LegendPart layers={named(facts)} />}
        {moved.includes('sources') && <SourcesPart layers={facts.layers} />}
      </div>
      <SheetFoot content={content} />
    </article>
  );
}

function SheetHead({ content, title }: { content: SheetContent; title: string }) {
  return (
    <header class="sheet-head">
      <div>
        <p class="sheet-above">{content.above}</p>
        <h1>{title}</h1>
      </div>
      <p class={`sheet-handling${content.isInternal ? ' is-internal' : ''}`}>
        {t(content.isInternal ? 'sheet.internal' : 'sheet.public')}
      </p>
    </header>
  );
}

function SheetFoot({ content }: { content: SheetContent }) {
  return (
    <footer class="sheet-foot">
      <p>{content.facts.disclaimer}</p>
      <p class="sheet-receipt">
        <span>{content.receipt}</span>
        <span>{content.place}</span>
      </p>
    </footer>
  );
}

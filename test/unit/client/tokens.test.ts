import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { MARK_COLORS } from '../../../client/state/mark-colors.ts';
import { contrast } from '../../../server/core/oklch.ts';
import { GROUNDS } from '../../../server/core/style/ground.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../client/css');
const css = (file: string) => readFileSync(path.join(FOLDER, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

const CLIENT = path.resolve(FOLDER, '..');
/** Files of the page with what is in them. */
const SOURCES = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => [file, readFileSync(path.join(CLIENT, file), 'utf8')] as const);

function tokensOf(selector: string): Record<string, string> {
  const [, block = ''] = css('base.css').split(`${selector} {`);
  const [own = ''] = block.split('}');
  return Object.fromEntries([...own.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, color]) => [name, color]));
}

const LIGHT = tokensOf(':root');
const DARK = tokensOf(":root[data-theme='dark']");

/** Text on what it stands on: WCAG 2.2, 1.4.3 (AA). */
const TEXTS: readonly (readonly [string, string])[] = [
  ...['ink', 'ink-2', 'accent', 'good', 'warn'].flatMap((text) => [
    [text, 'paper'] as const,
    [text, 'paper-2'] as const,
  ]),
  ['accent', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['good', 'good-soft'],
  ['warn', 'warn-soft'],
  ['ink', 'warn-soft'],
  ['ink', 'good-soft'],
  ['ink', 'sand-soft'],
  ['ink-2', 'sand-soft'],
  ['caution', 'sand-soft'],
  ['caution', 'paper'],
  ['on-sand', 'sand'],
  ['on-deep', 'deep'],
  ['on-accent', 'accent'],
];
/** Edges of fields, switches and the focus: 1.4.11. */
const EDGES: readonly (readonly [string, string])[] = [
  ['field', 'paper'],
  ['accent', 'paper'],
  ['focus', 'paper'],
  ['focus', 'paper-2'],
  ['focus', 'sea'],
];

for (const [theme, tokens] of Object.entries({ light: LIGHT, dark: { ...LIGHT, ...DARK } })) {
  describe(`tokens of the ${theme} theme`, () => {
    const of = (name: string) => tokens[name] ?? expect.fail(`no token --${name}`);

    for (const [text, ground] of TEXTS) {
      it(`lets ${text} be read on ${ground}`, () => {
        expect(contrast(of(text), of(ground))).to.be.at.least(4.5);
      });
    }
    for (const [edge, ground] of EDGES) {
      it(`lets ${edge} be seen on ${ground}`, () => {
        expect(contrast(of(edge), of(ground))).to.be.at.least(3);
      });
    }
    for (const name of ['focus', 'accent', 'warn', 'ink'] as const) {
      it(`has ${name} on the map too, where it stands clear of the sea and of its casing`, () => {
        const drawn = MARK_COLORS[theme as 'light' | 'dark'];
        expect(drawn[name]).to.equal(of(name));
        expect(contrast(drawn[name], GROUNDS[theme as 'light' | 'dark'].sea)).to.be.at.least(3);
        expect(contrast(drawn[name], drawn.casing)).to.be.at.least(3);
      });
    }
    it('has the sea of the map', () => {
      expect(of('sea')).to.equal(GROUNDS[theme as 'light' | 'dark'].sea);
    });
  });
}

describe('stylesheets', () => {
  it('name every token for the dark theme that is a colour in the light one', () => {
    expect(Object.keys(DARK).toSorted()).to.deep.equal(Object.keys(LIGHT).toSorted());
  });

  it('write colours as tokens only, so that dark reaches all of them', () => {
    const others = readdirSync(FOLDER).filter((file) => !['base.css', 'print.css'].includes(file));
    const written = others.flatMap((file) =>
      [...css(file).matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(/gi)].map(([color]) => `${file}: ${color}`),
    );
    expect(written).to.deep.equal([]);
  });

  it('are alone in writing colours, but for what is drawn on a canvas', () => {
    const written = SOURCES.filter(([file]) => file !== 'state/mark-colors.ts').flatMap(([file, text]) =>
      [...text.matchAll(/['"`](#[0-9a-f]{3,8}|rgba?\([^'"`]*|hsla?\([^'"`]*)['"`]/gi)].map(
        ([, color]) => `${file}: ${color}`,
      ),
    );
    expect(written).to.deep.equal([]);
  });

  it('write in the sizes of the one scale', () => {
    // Paper has points.
    const onScreen = readdirSync(FOLDER).filter((file) => file !== 'print-sheet.css');
    const written = onScreen.flatMap((file) =>
      [...css(file).matchAll(/\bfont(?:-size)?:([^;]+);/g)]
        .map(([, value = '']) => value.replaceAll(/\s+/g, ' ').trim())
        .filter((value) => value !== 'inherit' && !/var\(--text-/.test(value))
        .map((value) => `${file}: ${value}`),
    );
    expect(written).to.deep.equal([]);
  });

  it('use only tokens that there are', () => {
    const all = readdirSync(FOLDER)
      .map((file) => css(file))
      .join('\n');
    const defined = new Set([...all.matchAll(/--([\w-]+)\s*:/g)].map(([, name]) => name));
    // Some are set by the page itself: what is free of the map, and sizes that follow the content.
    const source = SOURCES.map(([, text]) => text).join('\n');
    const used = [...all.matchAll(/var\(--([\w-]+)(?=\))/g)].map(([, name = '']) => name);
    const isSet = (name: string) => defined.has(name) || name.startsWith('free-') || source.includes(`'--${name}'`);
    expect([...new Set(used.filter((name) => !isSet(name)))]).to.deep.equal([]);
  });
});

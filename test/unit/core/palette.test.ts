import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { type Layer, LayerSchema } from '../../../server/core/layer.ts';
import { toLegend } from '../../../server/core/legend.ts';
import { contrast, fromOklch, toOklch } from '../../../server/core/oklch.ts';
import { PALETTE } from '../../../server/core/palette.ts';
import { MANY_POINTS } from '../../../server/core/style/hexagon-scale.ts';
import { legendOnGround, onGround } from '../../../server/core/style/on-dark.ts';
import { THEMES, type Theme } from '../../../server/core/theme.ts';
import { apart, ciede2000, type Lab, over, SIGHTS, type Sight, seen, toLab } from '../../support/seen.ts';

/**
 * Colours of one legend are told apart by everybody, on both grounds. CIEDE2000: about 1 is just seen side by side, 5 is
 * seen at a glance; a mark on a map is small and its legend far away.
 *
 * In grey print colour carries less, and other things carry the rest: a layer of points has a shape of its own, areas and
 * hubs, mines and camps are named on the map, areas are hatched by how they are held, corridors are dashed where they are
 * a flow. So grey is asked of the hexagons, whose colour is their only statement, and of points, not of areas.
 */
const LEAST: Readonly<Record<Sight, number>> = {
  usual: 14,
  protanopia: 7,
  deuteranopia: 7,
  tritanopia: 7,
  grey: 3,
};

const GEODATA = path.resolve(import.meta.dirname, '../../../geodata');
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(GEODATA, file), 'utf8'));
const layer = (name: string): Layer => LayerSchema.parse(read(`layers/${name}.json`));

/** The land of the country itself, on which most is drawn. */
function landOf(theme: Theme): string {
  const { style } = onGround(layer('countries'), theme);
  if (!('color' in style) || typeof style.color === 'string') return expect.fail();
  return style.color.classes.mali ?? expect.fail();
}

/** The colours of a layer's classes as they are drawn. */
function classesOf(name: string, theme: Theme): [string, string][] {
  const { style } = onGround(layer(name), theme);
  if (!('color' in style) || typeof style.color === 'string') return expect.fail(`${name} has no classes`);
  return Object.entries(style.color.classes);
}

function rampOf(found: Layer, theme: Theme): readonly string[] {
  const { style } = onGround(found, theme);
  return style.type === 'hexagons' ? style.ramp : expect.fail();
}

interface Held {
  readonly actor: string;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
}
const held = (read('documented/control_areas.geojson') as { features: { properties: Held }[] }).features.map(
  ({ properties }) => properties,
);
/** Whether areas of both are ever on the map on the same day. */
const meet = (one: string, other: string) =>
  held.some(
    (a) =>
      a.actor === one &&
      held.some(
        (b) =>
          b.actor === other && (a.valid_from ?? '') < (b.valid_to ?? '9') && (b.valid_from ?? '') < (a.valid_to ?? '9'),
      ),
  );

function expectApart(
  classes: readonly (readonly [string, string])[],
  least: Partial<Record<Sight, number>>,
  isTogether: (one: string, other: string) => boolean = () => true,
): void {
  for (const [at, [one, first]] of classes.entries()) {
    for (const [other, second] of classes.slice(at + 1)) {
      if (!isTogether(one, other)) continue;
      for (const sight of SIGHTS) {
        expect(apart(first, second, sight), `${one} and ${other}, ${sight}`).to.be.at.least(least[sight] ?? 0);
      }
    }
  }
}

describe('how colours are seen', () => {
  it('measures differences as the published pairs have them', () => {
    // Sharma, Wu, Dalal 2005, table 1: pairs 1, 7, 13, 17, 25, 31 and 34.
    const pairs: [Lab, Lab, number][] = [
      [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
      [[50, 0, 0], [50, -1, 2], 2.3669],
      [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
      [[50, 2.5, 0], [73, 25, -18], 27.1492],
      [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
      [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
      [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
    ];
    for (const [one, other, difference] of pairs) expect(ciede2000(one, other)).to.be.closeTo(difference, 0.0001);
  });

  it('keeps white and black for every sight, and turns red and green alike for those who lack red or green', () => {
    for (const sight of SIGHTS) {
      expect(toLab(seen('#ffffff', sight))[0]).to.be.closeTo(100, 0.5);
      expect(toLab(seen('#000000', sight))[0]).to.be.closeTo(0, 0.5);
    }
    expect(apart('#c05050', '#687d20', 'usual')).to.be.greaterThan(30);
    expect(apart('#c05050', '#687d20', 'deuteranopia')).to.be.lessThan(15);
  });

  it('goes to Oklch and back', () => {
    for (const color of ['#000000', '#ffffff', '#d55e00', '#0072b2', '#7a1725', '#123456']) {
      expect(fromOklch(toOklch(color))).to.equal(color);
    }
    expect(contrast('#ffffff', '#000000')).to.equal(21);
    expect(contrast('#777777', '#ffffff')).to.be.closeTo(4.48, 0.01);
  });
});

for (const theme of THEMES) {
  describe(`palette on ${theme} ground`, () => {
    for (const name of ['attacks', 'hubs', 'materiel', 'camps', 'mines', 'corridors']) {
      it(`tells the classes of ${name} apart for every sight and in grey`, () => {
        expectApart(classesOf(name, theme), LEAST);
      });
    }

    it('tells apart actors that hold ground on the same day; in grey their names and hatching do', () => {
      expectApart(classesOf('control_areas', theme), { ...LEAST, grey: 0 }, meet);
      const { style } = layer('control_areas');
      expect(style).to.include.keys('label', 'hatch', 'crosshatch', 'outline');
    });

    it('offers twelve colours for new layers, of which any two differ', () => {
      const colors = PALETTE.map((color): [string, string] => [color, color]);
      const drawn = onGround({ ...layer('attacks'), style: paletteStyle(colors) }, theme).style;
      if (!('color' in drawn) || typeof drawn.color === 'string') return expect.fail();
      return expectApart(Object.entries(drawn.color.classes), { ...LEAST, grey: 0 });
    });

    it('sets every class off from the land', () => {
      for (const name of ['attacks', 'hubs', 'materiel', 'camps', 'mines', 'corridors', 'control_areas']) {
        for (const [value, color] of classesOf(name, theme)) {
          // White or dark casings help where a colour is light; WCAG's 3 is met by the casing's edge.
          expect(contrast(color, landOf(theme)), `${name} ${value}`).to.be.at.least(theme === 'dark' ? 3 : 1.95);
        }
      }
    });

    const ramps: [string, readonly string[]][] = [
      ['the modelled attacks', rampOf(layer('attacks_modelled'), theme)],
      [
        'many points',
        rampOf({ ...layer('attacks_modelled'), style: { type: 'hexagons', ramp: [...MANY_POINTS.ramp] } }, theme),
      ],
    ];
    for (const [name, ramp] of ramps) {
      it(`goes one way in lightness in the hexagons of ${name}, away from the ground, for every sight`, () => {
        for (const sight of SIGHTS) {
          const lightness = ramp.map((color) => toLab(seen(color, sight))[0]);
          const sign = theme === 'dark' ? 1 : -1;
          for (const [at, value] of lightness.slice(1).entries()) {
            expect(sign * (value - (lightness[at] ?? 0)), `${sight}, step ${at + 1}`).to.be.greaterThan(5);
            expect(apart(ramp[at] ?? '', ramp[at + 1] ?? '', sight), `${sight}, step ${at + 1}`).to.be.greaterThan(5);
          }
          const least = over(ramp[0] ?? '', landOf(theme), 0.8);
          expect(apart(least, landOf(theme), sight), `${sight}, the least on the land`).to.be.greaterThan(4);
        }
      });
    }
  });
}

const paletteStyle = (colors: [string, string][]): Layer['style'] => ({
  type: 'circle',
  color: { by: 'kind', classes: Object.fromEntries(colors), other: '#777777' },
  radius: 6,
  shape: 'circle',
  uncertainty: false,
});

describe('a legend on dark ground', () => {
  it('has the colours that the map draws, and those of the catalogue on light ground', () => {
    for (const name of ['attacks', 'attacks_modelled', 'corridors', 'control_areas', 'hubs']) {
      const found = layer(name);
      const legend = toLegend(found);
      expect(legendOnGround(legend, 'light', found.group)).to.equal(legend);
      expect(legendOnGround(legend, 'dark', found.group).filter(isClass)).to.deep.equal(
        toLegend(onGround(found, 'dark')).filter(isClass),
      );
    }
  });
});

describe('classes that fade into light ground', () => {
  const color = {
    by: 'kind',
    classes: { hot: '#b2182b', warm: '#f4a582', hint: '#fddbc7', none: '#d9d9d9', cool: '#92c5de', cold: '#2166ac' },
    other: '#d9d9d9',
  } as const;
  const scale = { ...layer('control_areas'), style: { type: 'fill', color, opacity: 0.6, outline: true } } as Layer;
  const drawn = onGround(scale, 'dark').style;
  const classes = 'color' in drawn && typeof drawn.color === 'object' ? drawn.color.classes : expect.fail();
  const far = (name: keyof typeof color.classes, theme: Theme) =>
    contrast(theme === 'dark' ? (classes[name] as string) : color.classes[name], landOf(theme));

  it('fade into dark ground too: what stands out on one stands out on the other', () => {
    for (const theme of THEMES) {
      for (const [more, less] of [
        ['hot', 'warm'],
        ['warm', 'hint'],
        ['cold', 'cool'],
        ['cool', 'none'],
      ] as const) {
        expect(far(more, theme), `${more} and ${less}, ${theme}`).to.be.greaterThan(far(less, theme));
      }
    }
  });

  it('have a legend of the same colours', () => {
    const shown = legendOnGround(
      Object.entries(color.classes).map(([value, each]) => ({
        label: { en: value, fr: value },
        swatch: { type: 'area', color: each, opacity: 0.6, hatch: 'none' },
        ...{ field: 'kind', value },
      })),
      'dark',
      scale.group,
    );
    expect(shown.map(({ swatch }) => 'color' in swatch && swatch.color)).to.deep.equal(Object.values(classes));
  });
});

/** Marks of a treatment have a colour of their own. */
const isClass = ({ field }: { readonly field?: string }) =>
  field === undefined || !['control', 'drawn'].includes(field);

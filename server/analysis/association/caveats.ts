import { approximate, type Caveat, fewEvents, modelled, mostlyLeftOut, tooImprecise } from '../caveats.ts';
import { isNarrowed, notCalm, type Silence } from '../reporting.ts';
import { count, inWords } from '../words.ts';
import type { AssociationInputs } from './inputs.ts';
import type { Measured } from './measure.ts';
import type { Numbers } from './numbers.ts';
import { preciseM } from './read.ts';
import type { Table } from './table.ts';

const caveat = (isSo: boolean, code: string, en: string, fr: string): Caveat[] =>
  isSo ? [{ code, text: { en, fr } }] : [];

function ofShapes({ shapes, sides }: Measured, inputs: AssociationInputs): Caveat[] {
  const { imprecise, flows } = shapes;
  const [en, fr] = [inWords('en'), inWords('fr')];
  const lasting = sides.to.some(({ layer }) => layer.time === 'interval');
  return [
    ...caveat(
      imprecise > 0,
      'imprecise-shapes',
      `${count('en', imprecise, 'shape', 'shapes')} of ${en.number(shapes.shapes)} to which distances are measured ${imprecise === 1 ? 'is' : 'are'} known less well than to within ${en.distance(preciseM(inputs))}: the nearest band is finer than that.`,
      `${count('fr', imprecise, 'entité', 'entités')} sur ${fr.number(shapes.shapes)}, dont la distance est mesurée, ${imprecise < 2 ? 'est connue' : 'sont connues'} à plus de ${fr.distance(preciseM(inputs))} près : la tranche la plus proche est plus fine que cela.`,
    ),
    ...caveat(
      flows > 0,
      'flows-left-out',
      `${count('en', flows, 'line is', 'lines are')} left out: a flow, of which only the ends are known.`,
      `${count('fr', flows, 'ligne est écartée', 'lignes sont écartées')} : un flux, dont seules les extrémités sont connues.`,
    ),
    ...caveat(
      lasting,
      'shapes-in-window',
      'Shapes that were there at any time of the window count for all of it.',
      'Les entités présentes à un moment de la période comptent pour toute la période.',
    ),
  ];
}

function ofLattice(
  { study_area }: Numbers,
  { counts, areas }: Table,
  { within_km: ends }: AssociationInputs,
): Caveat[] {
  const events = counts.reduce((sum, count, cell) => sum + (areas[cell] === 0 ? count : 0), 0);
  const narrowest = Math.min(...ends.map((end, index) => end - (ends[index - 1] ?? 0)));
  const spacing = (lang: 'en' | 'fr') => inWords(lang).number(study_area.spacing_km, 1);
  return [
    ...caveat(
      events > 0,
      'no-ground',
      `${count('en', events, 'event lies', 'events lie')} in a combination of bands in which no ground was found: ask for more samples or wider bands.`,
      `${count('fr', events, 'événement se trouve', 'événements se trouvent')} dans un croisement de tranches où aucun terrain n’a été trouvé : demandez plus de points ou des tranches plus larges.`,
    ),
    ...caveat(
      study_area.spacing_km > narrowest,
      'coarse-lattice',
      `Events are shifted over places ${spacing('en')} km apart, which is coarse for the narrowest band: ask for more samples or a smaller place.`,
      `Les événements sont décalés sur des lieux espacés de ${spacing('fr')} km, ce qui est grossier pour la tranche la plus étroite : demandez plus de points ou un lieu plus petit.`,
    ),
  ];
}

const NO_CAUSE: Caveat = {
  code: 'no-cause',
  text: {
    en: 'That two things go together is no proof that one brings the other: what is allowed for is the distance to places, not how large they are, and nothing else; and events are reported better in some areas than in others.',
    fr: 'Que deux choses aillent ensemble ne prouve pas que l’une entraîne l’autre : seule la distance aux localités est prise en compte, et non leur taille ni rien d’autre ; et les événements sont mieux rapportés dans certaines zones que dans d’autres.',
  },
};

const CLUSTERED: Caveat = {
  code: 'clustered-events',
  text: {
    en: 'The intervals, and p by relocation, take events for independent of one another: where they come in series, both are too narrow. The shifts keep how events lie among themselves.',
    fr: 'Les intervalles, et p par relocalisation, supposent les événements indépendants entre eux : s’ils viennent en série, ils sont trop étroits. Les décalages conservent la disposition des événements entre eux.',
  },
};

const includedOf = ({ included }: Measured, inputs: AssociationInputs): Caveat[] =>
  caveat(
    included > 0,
    'imprecise-included',
    `${count('en', included, 'event is', 'events are')} counted at a position that is not known to within ${inWords('en').distance(preciseM(inputs))}: the nearest band is finer than that.`,
    `${count('fr', included, 'événement est compté', 'événements sont comptés')} à une position qui n’est pas connue à ${inWords('fr').distance(preciseM(inputs))} près : la tranche la plus proche est plus fine que cela.`,
  );

export function caveatsOf(
  measured: Measured,
  table: Table,
  numbers: Numbers,
  inputs: AssociationInputs,
  silences: readonly Silence[],
): Caveat[] {
  const { sides } = measured;
  const layers = [...sides.events, ...sides.to, ...sides.places].map(({ layer }) => layer);
  const { imprecise } = numbers.left_out;
  const isSaid = numbers.not_defined === undefined;
  return [
    ...modelled(layers),
    ...approximate(layers),
    ...tooImprecise(imprecise, preciseM(inputs)),
    ...mostlyLeftOut(imprecise, numbers.events),
    ...includedOf(measured, inputs),
    ...ofShapes(measured, inputs),
    ...(isSaid ? ofLattice(numbers, table, inputs) : []),
    ...fewEvents(numbers.events),
    ...(isSaid ? [CLUSTERED, NO_CAUSE] : []),
    ...notCalm(silences, isNarrowed(sides.events)),
  ];
}

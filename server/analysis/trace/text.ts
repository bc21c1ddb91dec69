import type { Language, Localized } from '../../core/layer.ts';
import { count, inWords } from '../words.ts';
import { daysInWords, spanInWords } from './days.ts';
import type { LotNumbers, StopNumbers } from './numbers.ts';

/** Lots that are told one by one; the numbers have all of them. */
const TOLD = 5;

const quoted = (lang: Language, text: string) => (lang === 'en' ? `“${text}”` : `«\u00a0${text}\u00a0»`);

function where(lang: Language, { site, record, first_day, last_day }: StopNumbers): string {
  const at = quoted(lang, site ?? record);
  return first_day === undefined || last_day === undefined ? at : `${at} (${spanInWords(lang, first_day, last_day)})`;
}

/** A distance and its bounds; of one that may be nothing, only the farthest. */
function away(lang: Language, { km, km_min, km_max }: { km: number; km_min: number; km_max: number }): string {
  const { distance, number } = inWords(lang);
  const [low, high] = [number(km_min), distance(km_max * 1e3)];
  if (km_min < 1) return `${distance(km * 1e3)} (${lang === 'en' ? 'at most' : 'au plus'} ${high})`;
  return `${distance(km * 1e3)} (${low} ${lang === 'en' ? 'to' : 'à'} ${high})`;
}

function found(lang: Language, { stops, finds, path }: LotNumbers): string {
  const en = lang === 'en';
  if (finds === 0) return en ? 'No find of it is recorded.' : 'Aucune découverte n’en est enregistrée.';
  const many = en
    ? count(lang, finds, 'find is recorded', 'finds are recorded')
    : count(lang, finds, 'découverte en est enregistrée', 'découvertes en sont enregistrées');
  const first = stops.find(({ place_in_path }) => place_in_path === 'find');
  if (!first) return `${many}.`;
  const { days, from_origin: far } = first;
  const since = days && far ? `, ${daysInWords(lang, days.min, days.max)} ${en ? 'later, ' : 'plus tard, à '}` : '';
  const how = far && days ? `${since}${away(lang, far)}${en ? ' away' : ''}` : '';
  const at = finds === 1 ? (en ? ', at ' : ', à ') : en ? ', the first at ' : ', la première à ';
  const one = `${many}${at}${where(lang, first)}${how}`;
  if (!path || stops.filter(({ leg }) => leg).length < 2) return `${one}.`;
  return en
    ? `${one}; in the order of their days the path is ${away(lang, path)} long.`
    : `${one} ; dans l’ordre des jours, le parcours est long de ${away(lang, path)}.`;
}

function bank(lang: Language, { stops, first_on_left_bank: left }: LotNumbers, river: Localized): string[] {
  const en = lang === 'en';
  const name = river[lang];
  const sure = (isKnown: boolean) => {
    if (isKnown) return '';
    return en ? ', of which its position alone is no proof' : ', ce que sa position seule ne prouve pas';
  };
  const [origin] = stops;
  const first = stops.find(({ record, place_in_path }) => record === left?.record && place_in_path === 'find');
  if (!left || !first) return [];
  const told = [
    en
      ? `The first find on the left bank of the river ${name} is ${where(lang, first)}${sure(left.bank_known)}.`
      : `La première découverte sur la rive gauche du fleuve ${name} est ${where(lang, first)}${sure(left.bank_known)}.`,
  ];
  if (origin?.place_in_path === 'origin' && origin.river?.bank === 'left') {
    const far = inWords(lang).distance(origin.river.km * 1e3);
    told.push(
      en
        ? `The diversion itself is set on the left bank, ${far} from the line of the river${sure(origin.river.bank_known)}.`
        : `Le détournement lui-même est placé sur la rive gauche, à ${far} du tracé du fleuve${sure(origin.river.bank_known)}.`,
    );
  }
  return told;
}

function lotInWords(lang: Language, lot: LotNumbers, river: Localized | undefined): string {
  const [origin] = lot.stops;
  const diverted = lang === 'en' ? 'diverted at' : 'détournement à';
  const isRecorded = lot.diversions > 0;
  const unknown =
    lang === 'en'
      ? `its diversion is not ${isRecorded ? 'dated' : 'recorded'}`
      : `détournement non ${isRecorded ? 'daté' : 'enregistré'}`;
  const begin = origin?.place_in_path === 'origin' ? `${diverted} ${where(lang, origin)}` : unknown;
  const colon = lang === 'en' ? ':' : '\u00a0:';
  const head = `Lot ${lot.lot}${colon} ${begin}.`;
  return [head, found(lang, lot), ...(river ? bank(lang, lot, river) : [])].join(' ');
}

export function traceInWords(lots: readonly LotNumbers[], records: number, river: Localized | undefined): Localized {
  const told = (lang: Language) => {
    const en = lang === 'en';
    if (lots.length === 0) return en ? 'No record of a lot was found.' : 'Aucune fiche d’un lot n’a été trouvée.';
    const further = lots.length - TOLD;
    return [
      `${count(lang, lots.length, 'lot', 'lots')}, ${count(lang, records, en ? 'record' : 'fiche', en ? 'records' : 'fiches')}.`,
      ...lots.slice(0, TOLD).map((lot) => lotInWords(lang, lot, river)),
      ...(further > 0
        ? [
            `${en ? 'And' : 'Et'} ${count(lang, further, en ? 'further lot' : 'autre lot', en ? 'further lots' : 'autres lots')}.`,
          ]
        : []),
    ].join(' ');
  };
  return { en: told('en'), fr: told('fr') };
}

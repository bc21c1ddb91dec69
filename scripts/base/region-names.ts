/** How one country's first-level outlines are made from the package's file. */
export interface RegionSource {
  iso: string;
  /** Name of the file without `.topo.json`. */
  file: string;
  /** Regions of which the file has only the provinces or prefectures. */
  groups?: Record<string, string[]>;
  /** What the file spells otherwise, by the file's name. */
  names?: Record<string, { name: string; name_fr?: string; pcode?: string }>;
  /** How far the division is from today's. */
  note: string;
}

const MALI_NOTE =
  'Division of nine (eight regions and Bamako) as it was before the law of 2012 was carried out; the later regions (Ménaka, Taoudénit, Bandiagara, Douentza, San, Bougouni, Dioïla, Kita, Koutiala, Nioro, Nara) are not in the source.';

export const REGION_SOURCES: readonly RegionSource[] = [
  {
    iso: 'ML',
    file: 'mli',
    names: {
      Kayes: { name: 'Kayes', pcode: 'ML01' },
      Koulikoro: { name: 'Koulikoro', pcode: 'ML02' },
      Sikasso: { name: 'Sikasso', pcode: 'ML03' },
      Ségou: { name: 'Ségou', pcode: 'ML04' },
      Mopti: { name: 'Mopti', pcode: 'ML05' },
      Timbuktu: { name: 'Timbuktu', name_fr: 'Tombouctou', pcode: 'ML06' },
      Gao: { name: 'Gao', pcode: 'ML07' },
      Kidal: { name: 'Kidal', pcode: 'ML08' },
      Bamako: { name: 'Bamako', pcode: 'ML09' },
    },
    note: MALI_NOTE,
  },
  {
    iso: 'DZ',
    file: 'dza',
    names: {
      Alger: { name: 'Algiers', name_fr: 'Alger' },
      Tamanghasset: { name: 'Tamanrasset' },
    },
    note: 'The 48 wilayas of before 2019.',
  },
  {
    iso: 'BF',
    file: 'bfa',
    groups: {
      'Boucle du Mouhoun': ['Balé', 'Banwa', 'Kossi', 'Mou Houn', 'Nayala', 'Sourou'],
      Cascades: ['Komoé', 'Léraba'],
      Centre: ['Kadiogo'],
      'Centre-Est': ['Boulgou', 'Koulpélogo', 'Kouritenga'],
      'Centre-Nord': ['Bam', 'Namentenga', 'Sanmatenga'],
      'Centre-Ouest': ['Boulkiemdé', 'Sanguié', 'Sissili', 'Ziro'],
      'Centre-Sud': ['Bazéga', 'Nahouri', 'Zoundwéogo'],
      Est: ['Gnagna', 'Gourma', 'Komondjari', 'Kompienga', 'Tapoa'],
      'Hauts-Bassins': ['Houet', 'Kénédougou', 'Tuy'],
      Nord: ['Loroum', 'Passoré', 'Yatenga', 'Zondoma'],
      'Plateau-Central': ['Ganzourgou', 'Kourwéogo', 'Oubritenga'],
      Sahel: ['Oudalan', 'Séno', 'Soum', 'Yagha'],
      'Sud-Ouest': ['Bougouriba', 'Ioba', 'Noumbiel', 'Poni'],
    },
    note: 'The thirteen regions of before July 2025, put together from the 45 provinces of the source.',
  },
  {
    iso: 'CI',
    file: 'civ',
    names: { 'Moyen-Comoe': { name: 'Moyen-Comoé' }, "N'zi-Comoé": { name: "N'Zi-Comoé" } },
    note: 'The nineteen regions of before 2011.',
  },
  {
    iso: 'GN',
    file: 'gin',
    groups: {
      Boké: ['Boffa', 'Boke', 'Fria', 'Gaoual', 'Koundara'],
      Conakry: ['Conakry'],
      Faranah: ['Dabola', 'Dinguiraye', 'Faranah', 'Kissidougou'],
      Kankan: ['Kankan', 'Kérouané', 'Kouroussa', 'Mandiana', 'Siguiri'],
      Kindia: ['Coyah', 'Dubréka', 'Forécariah', 'Kindia', 'Télimélé'],
      Labé: ['Koubia', 'Labé', 'Lélouma', 'Mali', 'Tougué'],
      Mamou: ['Dalaba', 'Mamou', 'Pita'],
      Nzérékoré: ['Beyla', 'Guéckédou', 'Lola', 'Macenta', 'Nzérékoré', 'Yomou'],
    },
    note: 'The eight administrative regions, put together from the prefectures of the source.',
  },
  {
    iso: 'MR',
    file: 'mrt',
    names: { Guidimaka: { name: 'Guidimaka', name_fr: 'Guidimakha' } },
    note: 'The thirteen wilayas of before 2014: Nouakchott is not divided.',
  },
  { iso: 'NE', file: 'ner', note: 'The seven regions and Niamey.' },
  { iso: 'SN', file: 'sen', note: 'The fourteen regions since 2008.' },
];

import { expect } from 'chai';
import { describe, it } from 'mocha';
import { withApostrophes, withOrdinal } from '../../../client/i18n/typeset.ts';

describe('French that is set in type', () => {
  it('has the apostrophe that is printed, between letters only', () => {
    expect(withApostrophes("Cours d'eau ; l'« eau » d'ici")).to.equal("Cours d’eau ; l'« eau » d’ici");
    expect(withApostrophes('13°54\'00" N')).to.equal('13°54\'00" N');
    expect(withApostrophes("à l'État, N'Djamena")).to.equal('à l’État, N’Djamena');
  });

  it('says the first day of a month as people do, and no other day', () => {
    expect(['1 mars 2022', '11 mars 2022', '21 mars 2022'].map(withOrdinal)).to.deep.equal([
      '1er mars 2022',
      '11 mars 2022',
      '21 mars 2022',
    ]);
  });
});

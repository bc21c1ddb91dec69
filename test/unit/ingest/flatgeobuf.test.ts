import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { toProperties } from '../../../server/ingest/flatgeobuf/properties.ts';
import { BadRecord } from '../../../server/ingest/flatgeobuf/table.ts';
import { flatgeobuf } from '../../../server/ingest/flatgeobuf.ts';
import { LIMIT_SETTINGS, type Limits } from '../../../server/ingest/source.ts';
import { codes, expectNoSurprise, failure, inMemory, readAll } from '../../support/readings.ts';

const unpacked = (text: string) => gunzipSync(Buffer.from(text, 'base64'));

/** Written by GDAL 3 from four features of different types, without an index. */
const KINDS = unpacked(
  'H4sIAAAAAAACA41UzW7TQBBeJ2lSlYCi0EPFybI4FGlbYju/lVBTtZaJlLZRkgrUyAe33iZWUqdKDKVCSH0ADhXnHrnAM3CDE4LX4MCJY29ldr' +
    '1OYuOWjvxpd2dmZ77dnfFR9yB+1D0QcByhx8iXRzCfR2k0lQxaQkm0CBZPLEAZsAg4ASRmfFOAbzGELgHngDagDFgCXAlB36A8q/78QeVpla7m' +
    'AH3bscboAeRJcEYZWCH0EeL8yiB0weOdw6hru/pms9WRXugtsZyX8NZGe28blsPRwBJ1MrSIax+KrbOxS45FuUJdtHq91mjt1ramu4pqqSyrJa' +
    'xUyqtKoaQoaqGo4rq2o7ef7+3U2h3pmLgjImHZMAzcaNa2NUiijwhxTu3DnoRzeGNHr2uer0W6YAHlak4u5QuqUlEKcqWSV1XYvNnqkMHAPhkP' +
    'bcscYMXAGy9rcICuz3Vgurb7yiLict10n0jYGY7cHt5tbmnNjmzcOU846tDp+mGHDoQl5tjlUZW7R6WXpjVauoTzqlI0DPpmSYB3kd67UDvV71' +
    '9fX8Nwb56/NLUN7LFL56892/1Z22mPOHT+IWSL09ozz9BnTx+jeoHrz8gYqiMDdZLi3mlYMVnw91PfN4Df3v7UrN6BypruTrM6C3N2zGNC51+Y' +
    'B2I1SSuT+rznPv1JF2x//eSYfVOYEIrx8Wo9joQEeghTJScrKzl1RZXbudwa++ZYW80YZG7YTzJSb0XJlNbEjiiLhvgOFFnOZdqBWX6sBE+qMo' +
    'lP+ssVkH83gTNgfoYFdicCs4usz9OBTk2B96I3Tfo5zgFLTHUjn3gioM9Xw/0fvZaq//pn2VulI3Jc8DNkbvzPSNXodVg/Ea7/s85vrBrUz4fs' +
    'Qf8Y50PPfRlRN8sRd37L+eYaM/GixecR5hPm642xGY5RdR2sidgkyy01kfJrwuf6nfdrAt32/w/z/n9dh/f9Be4qOYnQBgAA',
);
/** Written by GDAL 3 from two lines with heights, with an index. */
const HIGH = unpacked(
  'H4sIAAAAAAACA7VYX28bNxJXrkWuCA5FgOtDcE+EUaAyoASW5cT2vTSWLMuK/linlZ02rh+oXWaX8e5S4ZJyV5/rHu+tX6gP9wHuN+RKcq5N4X' +
    's4AV4Oh+Ph/PnNkLvv4/kX7+P5o38/rdW+ra1/f6ux2le1v9Qe1/5ccZ7WnuH5DVbo96dHp3g+c/xabUKc2vb3Ze1zv6ev/fjr92u5RMZJrfY1' +
    'NH/pdiSNX+P5ExQXf63Vzp96uSOMve5FrzMNrnfe9gJ2dLDT6I6D7qg97IKjdBqxnlCRMDJkQVkYkbHm8dEBE3khsnkqdhojCHenfyhcn2meF9' +
    'Ls7tw8SLx32Np7sOzRYevBss3my4crbr46PHi48OGr/QcL7zdbxyTcHQ77k+Cif7oN/qvW4VGzddjYPz56sf/ycH+/9fJVqzHsjnuz88txf3a9' +
    'kwmjEfbmzc0mUyedzuX0pPPj9f6LPbAn0z7MuN7paSHyOxkmO429xsm4N+x6DZGIsQLmi73m4cHL1v7x/svm8fFBq4V/7gTXIk3lolAy4mmjdd' +
    'M4+aEPdMRrV1JupLGRYPUhR0YbudImaVxMT+F28+bB+/y3VpXHa7Uqh1rBC1Np3f9ftd5zgCUCtWBYPYFOu6g0wqvPhPQyOOl1r4POxQT4d+kr' +
    'yhdszJcyht8qZzyP2EIBzJjIPGa2oGdvErCCG9rYCFa4bL9Ahk+m3ZMKDH9nJ+/jhOeyMDxvsJN0DpoTEQvtiAxjyHMW8EzRPI+U1o6IVepHK1' +
    'NPGa5DxM3TMrbcGdbmem4jYupYgJ87MhN+I23nNNjCaJ7KNemIldBzLj+QYW2e8IwXjtBcOk4epxyRSBpuBx4pWhZpLG32KSFXgsbc/ZvQmTOm' +
    'nVjnclulcknbtVXOpYZkAP2GdWEGL6QtnA8BnzuRAkY7xrnQKxGrpfOmrUxxxz1ll8KwfpFCCFPNVzKlEakpEtbPI4lYXoQCz5nQYCtdbtevpI' +
    '5lXv07uaNtLiQ75doWBU85+WPTmLv4tK2+xfbsjBfKzSy0N1iHZ3MVkQAooZXKicp55DgLwa6EjgTRZcbv7dVBbpACAMInfCoWdp7KECsJj+gp' +
    'U+EGcrSTaGAGKdn42lGhKlh9IBDwPN69p1hlSitHADM0qNv7q4gzmzrUdH75J4AafddfKmSC1THqEhKoul2sagW0k5iDTMdqHnLSVy4QHowrES' +
    'a0firyjOtbEB/kXFmDoJyqTOZujzV138EuNmAzCTNBhxZQIiIuFwZDiuSny4r30XJkTCJMPStzAX1dpE47ojDKQboLLADlktWDO0o//IT1XZNI' +
    'taD1M57eEnMdA1YfYQNEtdilRa3ENjpn8oOkZ+5jfIYjKxQ0ijxMyAaHumo6UWmZi0JuOQG8T4TeYk0KKO3xOYGiB6CQLBoKUOcIDUQAjr3Eqe' +
    '3JOQCBogaJ7kYbu+7tbQHpQdVDwESq7EI4OnNPtBqeukUfJj8+b0vg2NK0dFucc0npORdcr+PhymsUnqIc02gbiXM4xwIBVFxx4/LXkQYcg612' +
    'aTmPAIiiAih7TpyYDfDAos1RM3CsHwpvvCtEN6gqYrRRhp6/RgVT71lfU4fA8yM91/9aaC5Q033DU6h8g77kgPWGL0j6jdIRjQO+4reJb6sDkZ' +
    'eQGEgt59zBUWQq1OQHmwi1SMV3xScbDxQgxepjOsX8BC7+joDL70ZgoAq1REEM7B3CirHUcbnyJgy52m51b/uNUhycigCI89O1w6HAUUAwGYpC' +
    'mQRqh3LuzwQQyB5aN5879xP4VTo+CtDgEmYEtdqhNIn1x8nQ/oyLmbI63uZn5Kt3BAzFvAgJZagDfif9WLqsgIrkkkALyq8Yx9ZFwtN0Cw9wqO' +
    'Y+WkG0Bdj9zp6W1omUyhhaFz/LEFufiUggCiLyKCoosCMZ6jUkRoAgyY2ob6UVB/7hrPdcU6CsuCFaq9CLrqiqvBkIEvoQq6M1Z5SfMQDmKm4M' +
    'o1AEY7HAZQYD1Wjlx1jcoTOnIvK9hKbvBPfIGwNnmuNYJRLnczU4OUk7Ai/vVXq7ackePwj0Rh0xqB+M6AhBGjbxw8odB5wvMkLLhN9WN4IJ9r' +
    'Y05Eg0jQuc6mSVL2hWn4x7u8R3hkHBRJBrExwWcrGACHRPpAlxtJI25Q2bwA4bk/MTK7RR1P8RvX9w12ymwuaSoDdVmc/iFMcfHZxVxvwiTlxq' +
    'P4Gh8x9upSIr3XQgjfHH9lgsZeF451h2F48iBEDXd6aZdm6yiOM4yROvbWhD6SkPKkdOJFItfG+i9KZkgr8pXEn0ZIy0BjOqxuhdr25NAfchzx' +
    'XRis1U5nVNwAvlwt06bCRdTbnNCWUUnwB3IM8oQ7iYOqVkC0dhAqg0Q3NbKHdzSdUSmaPG4KhNde/6NX/lco7BM0EeqBSn871bQICQO6j71uIv' +
    'A+tZdVJsPPVcOBfRhf6+Ese3rhEGC3dfC7REb8lvSVm1gMoEqsjuJcfFU/vW/8bFqnTW3SHfbpRm5UsEk5Kg67vP9gifcXlHSmf8g1xj9zKXVN' +
    'z3++aM5ysPqVnCpVc4gye/1xEhTk66Wwurv6PLIeI4U3SHmalb4QpjhlXSBldws/cezNScOyHA2DWS2S//wlWtxNk1w51NlKQGBF2BvaU084jt' +
    '4DBRxTaUM4vYYJ/L2KP98pauv2LjnAtDN5PaNbD65Ul3d7M2ADIilYE72DKrVlfHO8VvmCMAVLMLa9KS3h82Rlxq64v7cjUX6+he8RzHPEy7Al' +
    'ZXqAhYdyWFyekGcBn85i77Fv1aeifPrLFUjG8FjgpN7xYJp3eKH0VG6X5XXUzeyWzO53eC3lna7Ysfrp8f7zWeN4/2Ghgx4M2I3lK7k6C30zg4' +
    'Pjy+uaFvDY/x599c/fcEWq894DvFo0/4X73+o+8Zn/+t13/9flFx0urbif89rj2BVY83vCfuSwh9EXmCkVXfSrbfWL6p9n32+tPvLZ+37/+z3+' +
    'f9/A+mStRSWBIAAA==',
);

const read = (bytes: Buffer, limits: Partial<Limits> = {}) =>
  readAll(flatgeobuf, inMemory(bytes, 'sent.fgb', 100), limits);

describe('FlatGeobuf', () => {
  it('gives every geometry and value, as another program wrote them', async () => {
    const all = await read(KINDS);
    expect(all.layers).to.deep.equal([
      { name: 'kinds', crs: 4326, columns: ['name', 'n', 'x', 'yes', 'day', 'when', 'list'] },
    ]);
    expect(all.features.map(({ geometry }) => geometry)).to.deep.equal([
      { type: 'Point', coordinates: [2.4, 15.9] },
      {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 0],
              [9, 0],
              [9, 9],
              [0, 0],
            ],
            [
              [2, 1],
              [3, 2],
              [3, 1],
              [2, 1],
            ],
          ],
          [
            [
              [20, 0],
              [29, 0],
              [29, 9],
              [20, 0],
            ],
          ],
        ],
      },
      {
        type: 'MultiLineString',
        coordinates: [
          [
            [0, 0],
            [1, 1],
          ],
          [
            [2, 2],
            [3, 3],
          ],
        ],
      },
      {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Point', coordinates: [1, 1] },
          {
            type: 'LineString',
            coordinates: [
              [0, 0],
              [1, 1],
            ],
          },
        ],
      },
    ]);
    expect(all.features[0]?.properties).to.deep.equal({
      name: 'Ménaka',
      n: 7,
      x: 1.5,
      yes: true,
      day: '2012-03-31T00:00:00',
      when: '2012-03-31T10:00:00Z',
      list: '{ "a": [ 1 ] }',
    });
    expect(all.features[1]?.properties).to.deep.equal({
      name: null,
      n: '9007199254740993',
      x: null,
      yes: null,
      day: null,
      when: null,
      list: null,
    });
    expect(all.features.map(({ index }) => index)).to.deep.equal([1, 2, 3, 4]);
    expect(codes(all)).to.deep.equal([]);
  });

  it('reads every type of value, JSON as what it says, and no binaries', () => {
    const columns = Array.from({ length: 15 }, (_, type) => ({ name: `t${type}`, type }));
    const value = (type: number, bytes: Buffer, sized = false) => {
      const head = Buffer.alloc(sized ? 6 : 2);
      head.writeUInt16LE(type);
      if (sized) head.writeUInt32LE(bytes.length, 2);
      return Buffer.concat([head, bytes]);
    };
    const bytes = Buffer.concat([
      ...[1, 1, 1, 2, 2, 4, 4, 8, 8].map((size, type) => value(type, Buffer.alloc(size, 0xff))),
      value(9, Buffer.from(new Float32Array([1.5]).buffer)),
      value(10, Buffer.from(new Float64Array([Number.NaN]).buffer)),
      ...['é', '{"a":[1]}', '2012', 'x'].map((text, index) => value(11 + index, Buffer.from(text), true)),
    ]);
    const whole = [-1, 255, true, -1, 65_535, -1, 4_294_967_295, -1, '18446744073709551615'];
    expect(Object.values(toProperties(bytes, columns))).to.deep.equal([...whole, 1.5, null, 'é', { a: [1] }, '2012']);
    expect(() => toProperties(value(11, Buffer.alloc(4, 0xff)), columns)).to.throw(BadRecord, 'longer');
    expect(() => toProperties(value(15, Buffer.alloc(4)), columns)).to.throw(BadRecord, 'of a column');
  });

  it('passes over the index, and keeps heights', async () => {
    const { features } = await read(HIGH);
    expect(features.map(({ geometry }) => geometry)).to.have.deep.members([
      {
        type: 'LineString',
        coordinates: [
          [0, 0, 5],
          [1, 1, 6],
        ],
      },
      {
        type: 'LineString',
        coordinates: [
          [3, 0, 5],
          [4, 1, 6],
        ],
      },
    ]);
  });

  it('that breaks off delivers what came before, and says where', async () => {
    const all = await read(KINDS.subarray(0, KINDS.length - 20));
    expect(all.features).to.have.length(3);
    expect(all.issues.at(-1)).to.include({ code: 'cut-short', severity: 'error' });
    expect(await failure(read(KINDS.subarray(0, 200)))).to.be.instanceOf(UnreadableFile);
    expect((await failure(read(Buffer.from('fgb\x04fgb\x00')))).message).to.contain('version 3');
  });

  it('keeps a damaged record out, and reads on', async () => {
    const bytes = Buffer.from(KINDS);
    const name = bytes.indexOf('Ménaka');
    bytes.writeUInt32LE(0xffffff, name - 4);
    const all = await read(bytes);
    expect(all.issues.map(({ code, index }) => [code, index])).to.deep.equal([['bad-record', 1]]);
    expect(all.features.map(({ index }) => index)).to.deep.equal([2, 3, 4]);
  });

  it('ends at the limits', async () => {
    for (const [limits, named] of [
      [{ features: 3 }, 'features'],
      [{ vertices: 8 }, 'vertices'],
      [{ depth: 1 }, 'depth'],
      [{ recordBytes: 300 }, 'recordBytes'],
    ] as const) {
      const error = await failure(read(KINDS, limits));
      expect(error, named).to.be.instanceOf(LimitExceeded);
      expect(error.message).to.contain(LIMIT_SETTINGS[named]);
    }
  });

  it('that is spoilt in any way gives readings, a limit or a reason', async () => {
    await expectNoSurprise([KINDS, HIGH], read);
  }).timeout(60_000);

  it('is told by its first bytes', () => {
    expect(flatgeobuf.sniff(KINDS, 'x')).to.equal(true);
    expect(flatgeobuf.sniff(Buffer.from('fgb'), 'x.fgb')).to.equal(false);
  });
});

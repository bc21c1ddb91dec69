import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { readOutPlace } from '../state/position.ts';
import { ReadOut } from './read-out.tsx';

/** Puts the read-out where the map keeps a place for it, beside the scale. */
export function ReadOutPlace() {
  const { value: place } = readOutPlace;
  useEffect(() => {
    if (!place) return undefined;
    render(<ReadOut />, place);
    return () => render(null, place);
  }, [place]);
  return null;
}

/** A small share of `npm run torture`: random histories against the promise of each kind of event. */
import fc from 'fast-check';
import { enter, leave } from '../../../nodes/Procountor/trigger/overlap';
import { poll, readState } from '../../../nodes/Procountor/trigger/state';
import { history } from '../../torture/history';
import { play } from '../../torture/play';
import { KINDS } from '../../torture/variants';

it.each(KINDS)('%s: nothing is lost, nothing repeated', (kind) => {
	let items = 0;
	fc.assert(
		fc.property(history, (one) => void (items += play(kind, one, { poll, readState, enter, leave }).items)),
		{ numRuns: 200, seed: 2026 },
	);
	expect(items).toBeGreaterThan(500);
});

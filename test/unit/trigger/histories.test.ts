/** Plays a small share of `npm run torture`: random histories that test the promise of each kind of event. */
import fc from 'fast-check';
import { beginPoll, endPoll } from '../../../nodes/Procountor/trigger/overlap';
import { poll, readState } from '../../../nodes/Procountor/trigger/state';
import { history, type History } from '../../torture/history';
import { play } from '../../torture/play';
import { KINDS } from '../../torture/variants';

const trigger = { poll, readState, beginPoll, endPoll };

/** Mutation tests play fewer histories and stop at the first failure. */
const isMutating = process.env.MUTATING !== undefined;
const numRuns = isMutating ? 40 : 200;

it.each(KINDS)('The trigger for %s loses and repeats nothing in random histories', (kind) => {
	let items = 0;
	fc.assert(
		fc.property(history, (one) => void (items += play(kind, one, trigger).items)),
		{ numRuns, seed: 2026, endOnFailure: isMutating },
	);
	expect(items).toBeGreaterThan(2 * numRuns);
});

it('A status is seen for a record created after a start during which the only record disappeared', () => {
	const { setup } = fc.sample(history, { numRuns: 1, seed: 2026 })[0];
	const create = { do: 'create', count: 1, type: 'SALES_INVOICE', late: 0, partner: 1 } as const;
	const commands: History['commands'] = [
		{ ...create, status: 'EMPTY' },
		{
			do: 'poll',
			meanwhile: [{ after: 2, action: { do: 'remove', which: 0 } }],
			failsAt: undefined,
			enoughAfter: undefined,
			pauses: [0],
			fate: 'normal',
		},
		{ ...create, status: 'UNFINISHED' },
	];
	const ordinary = {
		...setup,
		variant: 0,
		start: { local: '2026-10-01T09:00:00', second: false },
		switches: { timesUtc: true },
		before: [],
		mayRead: true,
	};
	expect(play('status', { setup: ordinary, commands }, trigger).items).toBe(1);
});

/** Tests the state of a poll: which company it belongs to, and when it starts again. */
import { poll, readState, type Outcome, type State } from '../../../nodes/Procountor/trigger/state';
import type { Settings } from '../../../nodes/Procountor/trigger/step';
import { driven, List, records, settings } from './support/list';

const run = (state: State | undefined, list: List, more: Partial<Settings> = {}): Outcome =>
	driven(poll(state, settings(more)), list);
const begun = (): State => run(undefined, new List(records(2, 0))).state;
const told = ({ notes }: Outcome): string[] => notes.map(({ level, text }) => `${level}: ${text}`);
const asked = (list: List): string[] => list.asked.map(({ ask }) => ask);
const chosen = settings().chosen;
const EVERYTHING = { from: 'everything' as const };

describe('Poll with its state', () => {
	it('requests the company at its start, and not again', () => {
		const list = new List(records(2, 0));
		const first = run(undefined, list);
		expect(asked(list)).toEqual(['session', 'list', 'list']);
		expect(first.state).toMatchObject({
			belongsTo: { search: 'search', filters: 'filters', start: 'start', companyId: 7 },
			company: { id: 7, name: 'Oy Ab' },
			account: 'account',
		});
		expect(told(first)).toEqual([]);
		const second = run(first.state, list);
		expect(asked(list)[0]).toBe('list');
		expect(told(second)).toEqual([]);
	});

	it('uses the time of the session if a start from now sees no records', () => {
		expect(run(undefined, new List([])).state.memory).toMatchObject({ since: '1970-01-01T02:00:00' });
	});

	it('requests the company again after another login, and continues if it is the same', () => {
		const list = new List(records(3, 0));
		const { found, state } = run(begun(), list, { account: 'other' });
		expect(asked(list)[0]).toBe('session');
		expect(found.map(({ record }) => record.id)).toEqual([3]);
		expect(state.account).toBe('other');
	});

	it('accepts a session without data', () => {
		const list = new List([]);
		const respond = list.respond.bind(list);
		list.respond = (request) =>
			request.ask === 'session' ? { ...respond(request), records: [], time: undefined } : respond(request);
		const { state } = run(undefined, list);
		expect(state.company).toEqual({ id: 0, name: '' });
		expect(state.memory).toMatchObject({ since: undefined });
	});

	it.each<[string, Partial<State['belongsTo']>, string, number[]]>([
		['company', { companyId: 8 }, "info: The trigger's company changed: it starts again, from now", []],
		['search', { search: 'x' }, "info: The trigger's event or types changed: it starts again, from now", []],
		['start', { start: 'x' }, "info: The trigger's start changed: it starts again, from where it is set to", [1, 2, 3]],
		[
			'company, search and start',
			{ search: 'x', companyId: 8, start: 'x' },
			"info: The trigger's event or types and company and start changed: it starts again, from where it is set to",
			[1, 2, 3],
		],
	])('starts again and logs it after a change of %s', (_, other, text, ids) => {
		const state = begun();
		const list = new List(records(3, 0));
		const outcome = run({ ...state, belongsTo: { ...state.belongsTo, ...other } }, list, { start: EVERYTHING });
		// A start from now needs the server's time.
		expect(asked(list).includes('session')).toBe(ids.length === 0);
		expect(told(outcome)).toEqual([text]);
		expect(outcome.found.map(({ record }) => record.id)).toEqual(ids);
		expect(outcome.state.belongsTo).toEqual({ ...chosen, companyId: 7 });
	});

	it('continues with changed filters and logs it', () => {
		const outcome = run(begun(), new List(records(3, 0)), { chosen: { ...chosen, filters: 'x' } });
		expect(told(outcome)).toEqual([
			"info: The trigger's filters changed: it continues where it was, with the new filters",
		]);
		expect(outcome.found).toHaveLength(1);
	});
});

describe('Stored state', () => {
	it.each([undefined, null, {}, { belongsTo: {} }, { company: {} }, 'text', 7])('is ignored if it is %j', (stored) => {
		expect(readState(stored)).toBeUndefined();
	});

	it('is read back unchanged', () => {
		const state = begun();
		expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(JSON.parse(JSON.stringify(state)));
	});
});

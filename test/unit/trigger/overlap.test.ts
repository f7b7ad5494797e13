import { beginPoll, endPoll } from '../../../nodes/Procountor/trigger/overlap';

describe('Polls of one trigger', () => {
	it('run one at a time and do not block other triggers', () => {
		expect(beginPoll('one')).toBe(true);
		expect([beginPoll('one'), beginPoll('one'), beginPoll('another')]).toEqual([false, false, true]);
		endPoll('one');
		expect([beginPoll('one'), beginPoll('another')]).toEqual([true, false]);
		endPoll('one');
		endPoll('another');
		endPoll('one');
		expect(beginPoll('one')).toBe(true);
		endPoll('one');
	});
});

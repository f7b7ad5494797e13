import { enter, leave } from '../../../nodes/Procountor/trigger/overlap';

describe('Polls of one trigger', () => {
	it('run one at a time and do not block other triggers', () => {
		expect(enter('one')).toBe(true);
		expect([enter('one'), enter('one'), enter('another')]).toEqual([false, false, true]);
		leave('one');
		expect([enter('one'), enter('another')]).toEqual([true, false]);
		leave('one');
		leave('another');
		leave('one');
		expect(enter('one')).toBe(true);
		leave('one');
	});
});

import { coerce } from '../../../nodes/Procountor/engine/coerce';
import { ID_ADVICE, recordId } from '../../../nodes/Procountor/engine/recordId';

describe('Record ID', () => {
	it.each([
		[12345, 12345],
		[' 12345 ', 12345],
		['100048.0', 100048],
	])('reads %p', (value, id) => {
		expect(recordId('Invoice', value)).toBe(id);
	});

	it.each(['2026-17', '', '0', '-1', '1.5', '9007199254740993', null])('refuses %p', (value) => {
		expect(() => recordId('Invoice', value)).toThrow('Invoice is not an ID: ');
	});

	it('has the same message and advice as a field of a body', () => {
		const { faults } = coerce({ type: 'integer' }, 'Kulma', 'partyId');
		expect(faults).toEqual([{ path: 'partyId', message: 'is not an ID: "Kulma"', advice: ID_ADVICE }]);
		expect(() => recordId('Invoice', 'Kulma')).toThrow('Invoice is not an ID: "Kulma"');
	});
});

import { isMissingText } from '../../../nodes/Procountor/validation/missingText';

describe('Text of a missing value', () => {
	it.each([
		'null',
		'undefined',
		'NaN',
		' None ',
		'N/A',
		'TRUE',
		'false',
		'{}',
		'{ }',
		'[]',
		'[ ]',
		'#N/A',
		'#REF!',
		'#DIV/0!',
		'#NAME?',
		'#ARVO!',
		'[object Object]',
		'WEB-undefined',
		'undefined-1',
		'order undefined of',
		'WEB-NaN',
		'x [object Date] y',
	])('is recognized in %p', (text) => expect(isMissingText(text)).toBe(true));

	it.each([
		'',
		'0',
		'nullify',
		'Annull',
		'nonexistent',
		'untrue',
		'[x]',
		'{a}',
		'#12',
		'#R!',
		'#REF',
		'Nano',
		'WEB-nan',
		'undefinedness',
		'BANANA',
		'[object]',
		'None of these',
	])('is not recognized in %p', (text) => expect(isMissingText(text)).toBe(false));
});

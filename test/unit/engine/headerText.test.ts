import { headerText } from '../../../nodes/Procountor/engine/headerText';
import type { InputError } from '../../../nodes/Procountor/api';

const caught = (run: () => unknown): InputError => {
	try {
		run();
	} catch (error) {
		return error as InputError;
	}
	throw new Error('Nothing was thrown');
};

describe('Header text', () => {
	it('returns a text of Western European characters unchanged', () => {
		expect(headerText('Name', 'Äänekoski Oy')).toBe('Äänekoski Oy');
	});

	it('names the field, the character and its position', () => {
		const { problem } = caught(() => headerText("Header 'X-Note'", 'a€'));
		expect(problem).toMatchObject({
			field: "Header 'X-Note'",
			message: expect.stringMatching(/^contains .*€.* at character 2, which a header cannot contain$/) as string,
			advice: 'This value is sent in a header, which can contain only Western European characters.',
		});
	});

	it('gives the advice of its caller', () => {
		expect(caught(() => headerText('Customer', 'a\n', 'Choose it from the list.')).problem.advice).toBe(
			'Choose it from the list.',
		);
	});
});

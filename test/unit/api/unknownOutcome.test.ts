import { InputError, ProcountorError } from '../../../nodes/Procountor/api/errors';
import { isOutcomeUnknown, writeOrFind } from '../../../nodes/Procountor/api/unknownOutcome';

const unclear = new ProcountorError({ message: 'The connection was lost', outcomeUnknown: true });
const refused = new ProcountorError({ message: 'Procountor refused it', status: 400 });
const failing = (error: Error) => async (): Promise<string> => await Promise.reject(error);

describe('Write that is looked for', () => {
	it('returns its own result without a look-up', async () => {
		const find = jest.fn();
		expect(await writeOrFind(async () => await Promise.resolve('written'), find)).toBe('written');
		expect(find).not.toHaveBeenCalled();
	});

	it('returns the effect that is found after an unknown outcome', async () => {
		expect(await writeOrFind(failing(unclear), async () => await Promise.resolve('found'))).toBe('found');
	});

	it.each([
		['there is no effect', async () => await Promise.resolve(undefined)],
		['the effect cannot be read', failing(refused)],
	])('fails with its own error if %s', async (_, find) => {
		await expect(writeOrFind(failing(unclear), find)).rejects.toBe(unclear);
	});

	it('is not looked for if Procountor refused it', async () => {
		const find = jest.fn();
		await expect(writeOrFind(failing(refused), find)).rejects.toBe(refused);
		expect(find).not.toHaveBeenCalled();
	});

	it.each([
		[unclear, true],
		[refused, false],
		[new InputError('Row', 'is empty'), false],
		[new Error('lost'), false],
	])('has an unknown outcome after %s: %s', (error, expected) => {
		expect(isOutcomeUnknown(error)).toBe(expected);
	});
});

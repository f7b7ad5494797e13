import type { IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';
import { occasionOf } from '../../../nodes/Procountor/trigger/registration';

const MINUTE = 60_000;
const context = (mode: WorkflowActivateMode, limit?: number): IPollFunctions =>
	({
		getActivationMode: () => mode,
		...(limit === undefined ? {} : { getPollBudgetMs: () => limit }),
	}) as unknown as IPollFunctions;

describe('The occasion of a poll', () => {
	it.each(['activate', 'update', 'create'] as const)(
		'is an activation for the first poll with the context of an %s, and the schedule for all others',
		(mode) => {
			for (const one of [context(mode), context(mode, 5 * MINUTE)])
				expect([occasionOf(one), occasionOf(one), occasionOf(one)]).toEqual(['activation', 'schedule', 'schedule']);
		},
	);

	it.each(['init', 'leadershipChange'] as const)('is a start of n8n for the first poll of %s', (mode) => {
		const one = context(mode);
		expect([occasionOf(one), occasionOf(one)]).toEqual(['start', 'schedule']);
	});

	it('is the schedule where n8n limits the time, as its durable polling does with a context for each poll', () => {
		expect([occasionOf(context('update', 36_000)), occasionOf(context('update', 36_000))]).toEqual([
			'schedule',
			'schedule',
		]);
	});
});

import type { IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';
import { occasionOf } from '../../../nodes/Procountor/trigger/registration';

const MINUTE = 60_000;
const context = (mode: WorkflowActivateMode, limit?: number): IPollFunctions =>
	({
		getActivationMode: () => mode,
		...(limit === undefined ? {} : { getPollBudgetMs: () => limit }),
	}) as unknown as IPollFunctions;

describe('Occasion of a poll', () => {
	it.each(['activate', 'update', 'create'] as const)(
		'is an activation for the first poll in mode %s, and the schedule for all others',
		(mode) => {
			for (const one of [context(mode), context(mode, 5 * MINUTE)])
				expect([occasionOf(one), occasionOf(one), occasionOf(one)]).toEqual(['activation', 'schedule', 'schedule']);
		},
	);

	it.each(['init', 'leadershipChange'] as const)('is a start of n8n for the first poll in mode %s', (mode) => {
		const one = context(mode);
		expect([occasionOf(one), occasionOf(one)]).toEqual(['start', 'schedule']);
	});

	it('is the schedule in a new context with a short time limit, as in durable polling', () => {
		expect([occasionOf(context('update', 36_000)), occasionOf(context('update', 36_000))]).toEqual([
			'schedule',
			'schedule',
		]);
	});
});

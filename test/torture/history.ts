/** Random histories: what people do in Procountor, how time goes, and what befalls n8n. */
import fc from 'fast-check';
import type { InvoiceType } from '../sandbox/records/invoices/model';
import type { Switches } from '../sandbox/switches';
import type { Pages } from './world';

export type Action =
	| { do: 'create'; count: number; type: InvoiceType; status: string; late: number; partner: number }
	| { do: 'change'; which: number; status?: string; partner?: number; late: number }
	| { do: 'remove'; which: number }
	| { do: 'pass'; seconds: number }
	/** The server's clock is put right, or wrong, by some seconds; what it writes goes by it, what is visible does not. */
	| { do: 'clock'; wrong: number };

export interface PollCommand {
	do: 'poll';
	/** What happens after so many of its requests. */
	meanwhile: Array<{ after: number; action: Action }>;
	/** The request that fails, if there are as many. */
	failsAt: number | undefined;
	/** After so many requests the poll has used up the time that n8n gives it. */
	enoughAfter: number | undefined;
	/** How long each request takes, in seconds, in turns. */
	pauses: number[];
	/** A kill comes after the last request, before n8n stores anything; an overlapping tick in the midst of it. */
	fate: 'normal' | 'killed' | 'overlapped';
}

export type Command =
	| Action
	| PollCommand
	| { do: 'restart' }
	| { do: 'settings'; variant: number }
	| { do: 'account'; name: string }
	/** The key's right to see the records is granted or withdrawn. */
	| { do: 'rights'; mayRead: boolean };

export interface Setup {
	/** Which variant of the event's settings the workflow has at first. */
	variant: number;
	/** Server time at the beginning; `second` means the second pass of an hour that repeats. */
	start: { local: string; second: boolean };
	switches: Partial<Switches>;
	pages: Pages;
	/** Records that are there before the workflow is activated, some minutes apart each. */
	before: Array<Extract<Action, { do: 'create' }>>;
	beforeApart: number;
	/** Whether the key may see anything at first. */
	mayRead: boolean;
	/** n8n's newer engine: stores what a scheduled poll remembers in any case, but not at an activation that gave nothing. */
	durable: boolean;
}

export interface History {
	setup: Setup;
	commands: Command[];
}

export const VARIANTS = 5;
export const PARTNERS = [1, 2];

const type = fc.constantFrom<'SALES_INVOICE' | 'PURCHASE_INVOICE'>('SALES_INVOICE', 'PURCHASE_INVOICE');
const realStatus = fc.constantFrom('UNFINISHED', 'RECEIVED', 'APPROVED', 'PAID');
const status = fc.oneof(
	{ weight: 5, arbitrary: realStatus },
	{ weight: 1, arbitrary: fc.constantFrom('EMPTY', 'UNSAVED') },
);
/** Up to the stated fifteen minutes. */
const late = fc.oneof(
	{ weight: 4, arbitrary: fc.constant(0) },
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 899 }) },
);
const partner = fc.constantFrom(...PARTNERS);
const which = fc.nat(40);

const create = fc.record({
	do: fc.constant('create' as const),
	count: fc.oneof(
		{ weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }) },
		{ weight: 1, arbitrary: fc.integer({ min: 4, max: 9 }) },
	),
	type,
	status,
	late,
	partner,
});
const change = fc.record({
	do: fc.constant('change' as const),
	which,
	status: fc.option(realStatus, { nil: undefined }),
	partner: fc.option(partner, { nil: undefined }),
	late,
});
const remove = fc.record({ do: fc.constant('remove' as const), which });
const clock = fc.record({ do: fc.constant('clock' as const), wrong: fc.integer({ min: -30, max: 30 }) });
const pass = fc.record({
	do: fc.constant('pass' as const),
	seconds: fc.constantFrom(1, 1, 60, 60, 600, 1300, 2400, 4000, 9000, 100_000),
});

const action: fc.Arbitrary<Action> = fc.oneof(
	{ weight: 5, arbitrary: create },
	{ weight: 5, arbitrary: change },
	{ weight: 1, arbitrary: remove },
	{ weight: 4, arbitrary: pass },
	{ weight: 1, arbitrary: clock },
);
const quick: fc.Arbitrary<Action> = fc.oneof(
	{ weight: 3, arbitrary: create },
	{ weight: 3, arbitrary: change },
	{ weight: 1, arbitrary: remove },
);

const midst = fc.record({ after: fc.integer({ min: 1, max: 4 }), action: quick });

const poll: fc.Arbitrary<PollCommand> = fc.record({
	do: fc.constant('poll' as const),
	meanwhile: fc.oneof(
		{ weight: 3, arbitrary: fc.array(midst, { maxLength: 0 }) },
		{ weight: 1, arbitrary: fc.array(midst, { maxLength: 2 }) },
	),
	failsAt: fc.oneof(
		{ weight: 5, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
	),
	enoughAfter: fc.oneof(
		{ weight: 5, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) },
	),
	pauses: fc.constantFrom([0], [0, 1], [2], [0, 0, 5]),
	fate: fc.oneof(
		{ weight: 6, arbitrary: fc.constant('normal' as const) },
		{ weight: 1, arbitrary: fc.constant('killed' as const) },
		{ weight: 1, arbitrary: fc.constant('overlapped' as const) },
	),
});

const command: fc.Arbitrary<Command> = fc.oneof(
	{ weight: 20, arbitrary: action },
	{ weight: 18, arbitrary: poll },
	{ weight: 3, arbitrary: fc.constant({ do: 'restart' as const }) },
	{
		weight: 1,
		arbitrary: fc.record({ do: fc.constant('account' as const), name: fc.constantFrom('one login', 'another login') }),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('rights' as const),
			mayRead: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('settings' as const), variant: fc.nat(VARIANTS - 1) }) },
);

/** Ordinary days; shortly before, and in both passes of, the hour that repeats; shortly before the gap in spring. */
const start = fc.constantFrom(
	{ local: '2026-10-01T09:00:00', second: false },
	{ local: '2026-10-25T02:30:00', second: false },
	{ local: '2026-10-25T03:20:00', second: false },
	{ local: '2026-10-25T03:20:00', second: true },
	{ local: '2027-03-28T02:40:00', second: false },
	{ local: '2027-03-28T02:57:00', second: false },
);

const switches: fc.Arbitrary<Partial<Switches>> = fc.record({
	timesUtc: fc.boolean(),
	timesWithMilliseconds: fc.boolean(),
	versionStartDateInclusive: fc.boolean(),
	versionEndDateInclusive: fc.boolean(),
	totalCount: fc.constantFrom('exact' as const, 'absent' as const, 'pageOnly' as const),
	orderingsExclusive: fc.boolean(),
	keysetOnlyById: fc.boolean(),
	defaultListOrder: fc.constantFrom('DESC' as const, 'ASC' as const),
	emptyListAs404: fc.boolean(),
	idsNotQuiteRising: fc.boolean(),
});

/** Whole pages; pages that the server caps, whether it says so or not; pages that lose records that the user must not see. */
const pages: fc.Arbitrary<Pages> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant({ cap: 200, tellsSize: true, hidden: 0 }) },
	// A cap above the margin: a poll that reads no more than the margin must get on all the same.
	{
		weight: 1,
		arbitrary: fc.record({ cap: fc.constant(3), tellsSize: fc.boolean(), hidden: fc.constant(0) }),
	},
	// Fewer than a page holds, since a page of hidden records alone ends a list for whoever reads it.
	{
		weight: 1,
		arbitrary: fc.record({ cap: fc.constant(200), tellsSize: fc.boolean(), hidden: fc.constantFrom(1, 3) }),
	},
);

/** A total that counts the page alone proves the end falsely where a page is short for another reason: none can tell. */
function withHonestTotal(setup: History['setup']): History['setup'] {
	const { hidden, tellsSize } = setup.pages;
	const isMisleading = setup.switches.totalCount === 'pageOnly' && (hidden > 0 || !tellsSize);
	return isMisleading ? { ...setup, switches: { ...setup.switches, totalCount: 'absent' } } : setup;
}

const anyHistory: fc.Arbitrary<History> = fc.record({
	setup: fc
		.record({
			variant: fc.nat(VARIANTS - 1),
			start,
			switches,
			pages,
			before: fc.oneof(
				{ weight: 5, arbitrary: fc.array(create, { maxLength: 6 }) },
				{ weight: 1, arbitrary: fc.array(create, { minLength: 20, maxLength: 40 }) },
			),
			beforeApart: fc.constantFrom(0, 60, 3000),
			mayRead: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
			durable: fc.boolean(),
		})
		.map(withHonestTotal),
	commands: fc.array(command, { minLength: 1, maxLength: 50, size: 'max' }),
});

/**
 * The only record goes away while the first poll starts, after its time was read, and others come soon after. Among random
 * histories this comes once in ten thousand, and it matters only where a record's time is written otherwise than the clock tells it.
 */
const vanishingRecord: fc.Arbitrary<History> = fc
	.record({
		any: anyHistory,
		first: create,
		firstPoll: poll,
		after: fc.integer({ min: 1, max: 3 }),
		timesUtc: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
		next: create,
	})
	.map(({ any: { setup, commands }, first, firstPoll, after, timesUtc, next }) => ({
		setup: {
			...setup,
			before: [{ ...first, count: 1, late: 0 }],
			mayRead: true,
			switches: { ...setup.switches, timesUtc },
		},
		commands: [
			{
				...firstPoll,
				meanwhile: [{ after, action: { do: 'remove', which: 0 } }],
				failsAt: undefined,
			},
			next,
			...commands,
		],
	}));

export const history: fc.Arbitrary<History> = fc.oneof(
	{ weight: 19, arbitrary: anyHistory },
	{ weight: 1, arbitrary: vanishingRecord },
);

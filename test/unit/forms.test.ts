/**
 * Tests every form of the finished description as a user sees it: records can be picked if possible, a choice that needs
 * another field shows that field, and a choice with consequences describes them.
 */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { Procountor } from '../../nodes/Procountor/Procountor.node';
import { ProcountorTrigger } from '../../nodes/Procountor/ProcountorTrigger.node';
import { shownEntries } from '../shownEntries';

/** One form: the fields of its own level, and those of its collections and tables. */
interface Form {
	name: string;
	levels: INodeProperties[][];
}

/** The level itself, and those of its collections and tables. */
function levelsOf(level: INodeProperties[]): INodeProperties[][] {
	const inner = level.flatMap(({ type, options = [] }) =>
		type === 'collection'
			? [options as INodeProperties[]]
			: type === 'fixedCollection'
				? options.flatMap((option) => ('values' in option ? [option.values] : []))
				: [],
	);
	return [level, ...inner.flatMap(levelsOf)];
}

const choicesOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] => options as INodePropertyOptions[];

function formsOf(): Form[] {
	const { properties } = new Procountor().description;
	const shows = (property: INodeProperties, name: string, value: string): boolean =>
		property.displayOptions?.show?.[name]?.includes(value) === true;
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap((property) =>
			choicesOf(property).map(({ value }) => [String(property.displayOptions?.show?.resource?.[0]), String(value)]),
		);
	const actions = operations.map(([resource, operation]) => ({
		name: `${resource}: ${operation}`,
		levels: levelsOf(
			properties
				.filter((one) => shows(one, 'resource', resource) && shows(one, 'operation', operation))
				.map((one) =>
					one.type === 'collection' ? { ...one, options: shownEntries(one, { resource, operation }) } : one,
				),
		),
	}));
	return [...actions, { name: 'trigger', levels: levelsOf(new ProcountorTrigger().description.properties) }];
}

const forms = formsOf();
const fields = forms.flatMap(({ name, levels }) => levels.flat().map((field) => ({ form: name, field })));

/** Fields that accept an ID as text, each with the reason why there is no picker. */
const BARE_IDS: Record<string, string> = {
	'Attachment ID': 'comes from Attachment: Get Many; a company has too many files to choose from by name',
	'Comment ID': 'comes from Invoice Comment: Get Many',
	'Company ID': 'comes from Integration: Get Request; the companies are of other customers',
	'Employment ID': 'comes from Employee: Get Many Employments',
	'Event ID': 'comes from Bank Statement: Get Many, where each statement has its events',
	'Factoring Contract ID': 'comes from Factoring Contract: Get Many; few companies have more than one',
	'Financing Company Code': 'a code from the financing company, which the API does not list',
	'Integration ID': 'of the integration partner itself; the API does not list them',
	'Invoice IDs': 'several, from the items of an earlier node',
	'Known Receipt IDs': 'several, from the table that the rows go to',
	'Membership ID': 'comes from Employee: Get Many Labor Union Memberships',
	'Own ID': 'chosen by the person, no record of Procountor',
	'Own List ID': 'chosen by the person, no record of Procountor',
	'Payment Event ID': 'comes from Payment Event: Get Many',
	'Payment ID': 'comes from Payment: Get Many; payments have no names to choose by',
	'Payment List ID': 'comes from Salary: Get Many Payments',
	'Period List ID': 'comes from Salary: Get Many Period Lists',
	'Record ID': 'of a filter, where the kind of the record is not known',
	'Reference Payment ID': 'comes from Reference Payment: Get Many; payments have no names to choose by',
	'Request ID': "is part of the link in the customer's request",
	'Statement ID': 'comes from Bank Statement: Get Many',
	'Tax Card ID': 'comes from Employee: Get Many Tax Cards',
	'Transaction ID': 'comes from Ledger Receipt: Get, where each receipt has its transactions',
	'Transaction Identifier': 'comes from the operation that waits for the confirmation',
	'User ID': 'the API lists no users',
	'Product Groups': 'several, separated by commas',
};

/** Official IDs of people and companies, which the API does not list. */
const isOfficial = ({ displayName }: INodeProperties): boolean => /Business ID|Personal Identity/.test(displayName);
const isId = ({ displayName, name }: INodeProperties): boolean =>
	/\bIDs?\b/.test(displayName) || /(Id|Ids|Identifier|[gG]roup)$/.test(name);

it('Records can be picked, and every bare ID has a reason', () => {
	const bare = fields.filter(
		({ field }) => ['string', 'number'].includes(field.type) && isId(field) && !isOfficial(field),
	);
	const NAMES = /^(Main Group|Partner Group|Identifier|Group)$/;
	const labels = [...new Set(bare.map(({ field }) => field.displayName))].filter((label) => !NAMES.test(label));
	expect(labels.filter((label) => !(label in BARE_IDS))).toEqual([]);
	expect(Object.keys(BARE_IDS).filter((label) => !labels.includes(label))).toEqual([]);
});

it('Every record of a searchable register has a picker', () => {
	const pickers = new Set(
		fields.filter(({ field }) => field.type === 'resourceLocator').map(({ field }) => field.displayName),
	);
	// The bank account of a factoring contract is the financing company's, which the API does not list.
	const typed = fields
		.filter(({ form }) => !form.startsWith('factoringContract'))
		.filter(({ field }) => ['string', 'number'].includes(field.type) && pickers.has(field.displayName))
		.map(({ form, field }) => `${form}: ${field.displayName}`);
	expect(typed).toEqual([]);
});

/** The other fields of the level that a field depends on. */
const conditionsOf = ({ displayOptions }: INodeProperties): Array<[string, unknown[]]> =>
	Object.entries({ ...displayOptions?.show, ...displayOptions?.hide })
		.filter(([name]) => !['resource', 'operation', '@version'].includes(name))
		.map(([name, values]) => [name, (values ?? []) as unknown[]]);

it('A field depends only on a choice on the same level that has the value', () => {
	const faults = forms.flatMap(({ name, levels: [top] }) =>
		top.flatMap((field) =>
			conditionsOf(field)
				.filter(([other, values]) => {
					const choice = top.find((one) => one.name === other);
					if (!choice) return true;
					return (
						choice.type === 'options' && values.some((value) => !choicesOf(choice).some((one) => one.value === value))
					);
				})
				.map(([other]) => `${name}: ${field.displayName} waits for ${other}`),
		),
	);
	expect(faults).toEqual([]);
});

/** Names of choices that need a value in another field. */
const NEEDS_VALUE = /^(Given|Chosen|Custom URL|A Date|Using|From a List)/;

it('A choice that needs another field shows it at once', () => {
	const faults = forms.flatMap(({ name, levels }) =>
		levels.flatMap((level) =>
			level
				.filter(({ type }) => type === 'options')
				.flatMap((choice) =>
					choicesOf(choice)
						.filter((option) => NEEDS_VALUE.test(option.name))
						.filter(
							({ value }) =>
								!level.some((field) =>
									conditionsOf(field).some(([other, values]) => other === choice.name && values.includes(value)),
								),
						)
						.map((option) => `${name}: ${choice.displayName}: ${option.name}`),
				),
		),
	);
	expect(faults).toEqual([]);
});

/** Choices that decide what the node does with records, and that are hard to undo. */
const CONSEQUENTIAL: Record<string, { harmless: string[] }> = {
	after: { harmless: ['unfinished', 'approve'] },
	ifExists: { harmless: ['return', 'stop'] },
	closedPeriod: { harmless: ['stop'] },
	customerRegister: { harmless: ['leave'] },
	productRegister: { harmless: ['leave'] },
	circulation: { harmless: ['default'] },
	existing: { harmless: ['keep'] },
	letters: { harmless: ['refuse'] },
	emptyFilter: { harmless: ['stop', 'nothing'] },
	order: { harmless: ['inTurn'] },
	authenticationType: { harmless: ['HMAC'] },
	startFrom: { harmless: [] },
};

it.each(Object.entries(CONSEQUENTIAL))("Every choice of '%s' describes its consequence", (name, { harmless }) => {
	const choices = fields.filter(({ field }) => field.name === name && field.type === 'options');
	expect(choices.length).toBeGreaterThan(0);
	const faults = choices.flatMap(({ form, field }) =>
		choicesOf(field)
			.filter(({ value, description }) => !harmless.includes(String(value)) && !description)
			.map((option) => `${form}: ${option.name}`),
	);
	expect(faults).toEqual([]);
});

/** Operations that send something, move money, or delete something permanently. */
const FINAL = [
	/^invoice: send$/,
	/^invoice: invalidate$/,
	/^ledgerReceipt: invalidate$/,
	/^payment: create$/,
	/^payment: createBankTransfers$/,
	/^payment: payInvoices$/,
	/^payment: cancel$/,
	/^salary: createPayment$/,
	/^salary: cancelPayment$/,
	/^\w+: delete\w*$/,
];
/** Operations that create a receipt, for which Procountor may charge a fee. */
const CHARGED = [
	/^invoice: create$/,
	/^invoice: createPurchase$/,
	/^invoice: createExpenseClaim$/,
	/^invoice: createTravelInvoice$/,
	/^invoice: credit$/,
	/^ledgerReceipt: create$/,
];

it('Operations that cost money or cannot be undone have a notice', () => {
	const noticeOf = ({ levels: [top] }: Form): string => top.find(({ type }) => type === 'notice')?.displayName ?? '';
	const without = (pattern: RegExp, words: RegExp): string[] => {
		const named = forms.filter(({ name }) => pattern.test(name));
		// A pattern that fits no operation checks nothing.
		if (named.length === 0) return [`no operation for ${pattern}`];
		return named.filter((form) => !words.test(noticeOf(form))).map(({ name }) => name);
	};
	expect(FINAL.flatMap((pattern) => without(pattern, /cannot be|moves money/))).toEqual([]);
	expect(CHARGED.flatMap((pattern) => without(pattern, /charge/))).toEqual([]);
});

it('The description stays below 350,000 bytes', () => {
	expect(Buffer.byteLength(JSON.stringify(new Procountor().description))).toBeLessThan(350_000);
});

/**
 * Runs every operation with each optional field added but left at its default, saved as the editor saves it.
 * The browser test compares `savedByEditor` with the real editor.
 */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { resources } from '../../nodes/Procountor/resources';
import { withoutLocators } from '../../nodes/Procountor/n8n/locator';
import type { Operation } from '../../nodes/Procountor/engine/types';
import { DEMO } from '../sandbox';
import { fillingsOf } from './reach/parameters';
import { mergedOver, optionsIn, savedByEditor } from './reach/untouched';
import { byId, startBench, type Bench } from './support';

const binary = (text: string, fileName: string, mimeType: string): INodeExecutionData => ({
	json: {},
	binary: { data: { data: Buffer.from(text, 'latin1').toString('base64'), mimeType, fileName } },
});
const pdf = binary('%PDF-1.4', 'kuitti.pdf', 'application/pdf');

/** A bookkeeping entry, as an item and as a line of Procountor's import file. */
const entry = { account: '1910', description: 'Myynti', accountingValue: 0 };
const entryFile = binary('1910;Myynti;0;;;;', 'tapahtumat.csv', 'text/csv');

const rows = { invoiceRows: { row: [{ product: 'Kahvi', quantity: '1', unitPrice: '10', vatPercent: '25.5' }] } };
const bill = { bankAccount: 'FI2112345600000785', dueDate: '2026-10-15' };
const date = '2026-10-01';
const claim = { date, additionalFields: { counterPartyName: 'Aino Esimerkki', ...bill }, ...rows };
const dimensionItem = { items: { row: [{ codeName: 'Helsinki' }] } };

/** Values for fields that an operation needs although the form does not mark them as required. */
const filledIn: Record<string, INodeParameters> = {
	'apiRequest send': { method: 'GET', path: '/users' },
	'attachment uploadMany': { recordId: '1' },
	'businessPartner setDefaultDimension': dimensionItem,
	'businessPartner upsert': { matchBy: 'businessId', matchValue: '1234567-1' },
	'importFile create': { fileType: 'accountingEntries' },
	'importFile read': { fileType: 'accountingEntries' },
	'invoice create': { counterPartyName: 'Kahvila', ...rows },
	'invoice createExpenseClaim': claim,
	'invoice createOrder': { counterPartyName: 'Kahvila', ...rows },
	'invoice createPurchase': { date, counterPartyName: 'Tukku', additionalFields: bill, ...rows },
	'ledgerReceipt create': {
		transactions: { row: [{ account: byId('1910'), accountingValue: '0', vatPercent: '0' }] },
	},
	'ledgerReceipt setDimensions': { dimensionItemValues: { row: [{ dimensionId: byId(1), itemId: byId(11) }] } },
	'paymentEvent markAsPaid': { amount: '' },
	'person setDefaultDimension': dimensionItem,
	'product setDefaultDimension': dimensionItem,
	'product upsert': { additionalFields: { price: 10 } },
};

/** Operations that depend on stored records. The others get the contract's sample responses for any ID. */
const byRules =
	/^invoice (approve|create|credit|send|setAccounts|verify)|^payment payInvoices$|^ledgerReceipt (create|getLedgerRows)$|^product getAll$/;

const operations = resources.flatMap(({ value, operations: all }) =>
	Object.entries(all).map(([key, operation]): [string, string, Operation] => [value, key, operation]),
);
const counts = { operations: 0, options: 0, executions: 0, withoutChange: 0 };

/** The error of an update that contains no change, because untouched fields count as missing. Only updates may end with it. */
const nothingGiven = 'Update Fields holds no change';

let samples: Bench;
let rules: Bench;
beforeAll(async () => {
	samples = await startBench({ samplesOnly: true });
	rules = await startBench();
	filledIn['invoice credit'] = {
		invoiceId: byId(rules.sandbox.backdoor.addInvoice({}, { status: 'SENT' }).id),
		parts: { row: [{ row: '1' }] },
	};
	const arrived = rules.sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE', language: undefined });
	filledIn['invoice setAccounts'] = {
		invoiceId: byId(arrived.id),
		postings: { row: [{ account: byId('4090') }] },
	};
	const paid = rules.sandbox.backdoor.addInvoice({ type: 'PURCHASE_INVOICE' }, { status: 'PAID' });
	filledIn['payment payInvoices'] = { invoiceIds: String(paid.id) };
	const { addInvoice } = rules.sandbox.backdoor;
	const approval = { invoiceApprovalInformation: { acceptors: [{ userId: 1001 }] } };
	filledIn['invoice approve'] = { invoiceId: byId(addInvoice().id) };
	filledIn['invoice send'] = { invoiceId: byId(addInvoice({}, { status: 'SENT' }).id) };
	filledIn['invoice sendToCirculation'] = {
		invoiceId: byId(addInvoice({ type: 'PURCHASE_INVOICE', ...approval }, { status: 'UNFINISHED' }).id),
	};
	filledIn['invoice verify'] = {
		invoiceId: byId(
			addInvoice({ type: 'PURCHASE_INVOICE', invoiceApprovalInformation: {} }, { status: 'RECEIVED' }).id,
		),
	};
	const products = rules.sandbox.world.company(DEMO.companyId).registerByName('products')?.all() ?? [];
	const distance = products.find(({ record }) => (record as IDataObject).code === 'KM-2026');
	filledIn['invoice createTravelInvoice'] = {
		...claim,
		invoiceRows: { row: [{ productId: byId(distance?.id), quantity: '10' }] },
	};
});
afterAll(async () => {
	await samples.close();
	await rules.close();
	process.stdout.write(`what the editor saves: ${JSON.stringify(counts)}\n`);
});

/** The parameters that the form marks as required, with values that fit the contract. */
function requiredOf(operation: Operation): INodeParameters {
	const filling = fillingsOf(operation)[0].parameters;
	const names = operation.fields.filter(({ required }) => required).map(({ name }) => name);
	names.push('bodyJson');
	return Object.fromEntries(Object.entries(filling).filter(([name]) => names.includes(name)));
}

it.each(operations)('%s: %s runs with each option added and left at its default', async (resource, key, operation) => {
	const required = { ...requiredOf(operation), ...filledIn[`${resource} ${key}`] };
	const bench = byRules.test(`${resource} ${key}`) ? rules : samples;
	const items = [resource !== 'importFile' ? pdf : key === 'read' ? entryFile : { json: entry }];
	const saved = savedByEditor(resource, key);
	const alone = optionsIn(saved);
	counts.operations++;
	counts.options += alone.length;
	const refusals: string[] = [];
	for (const parameters of [saved, ...alone]) {
		counts.executions++;
		const run = await bench.run(resource, key, mergedOver(parameters, required), { items });
		if (operation.kind === 'update' && run.error?.message === nothingGiven) counts.withoutChange++;
		else if (run.error) refusals.push(`${JSON.stringify(parameters)}: ${run.error.message}`);
		expect(JSON.stringify([run.error?.message, run.error?.description, run.items])).not.toContain('[object Object]');
	}
	expect(refusals).toEqual([]);
});

it('A picker value is read at any depth, and a picker without a choice counts as missing', () => {
	const list = (value: unknown) => ({ mode: 'list', value });
	expect(
		withoutLocators({ currency: list('EUR'), unit: list(''), rows: [{ account: { ...list('3000'), __rl: true } }] }),
	).toEqual({
		currency: 'EUR',
		rows: [{ account: '3000' }],
	});
	expect(withoutLocators(list(''))).toBeUndefined();
	expect(withoutLocators([list(''), list(1)])).toEqual([1]);
	const plain = { mode: 'list', value: 'EUR', comment: 'has a field of its own' };
	expect(withoutLocators(plain)).toBe(plain);
	const day = new Date(0);
	expect(withoutLocators({ day, unit: list('PIECE') })).toEqual({ day, unit: 'PIECE' });
});

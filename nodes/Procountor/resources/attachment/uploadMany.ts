import type { IDataObject } from 'n8n-workflow';
import { type AttachmentTypeFilter, type Call, type Client, InputError, pages, ProcountorError } from '../../api';
import { ItemMemory } from '../../engine/itemMemory';
import { recordId } from '../../engine/recordId';
import type { OperationHandler } from '../../engine/task';
import { checkSizes } from '../../engine/files';
import { attachFile, filesIn, outgoingFiles, type Holder } from '../shared/attach';
import { runSteps } from '../shared/steps';
import { raise } from '../../utils/raise';

export const callsOfUpload = [
	'GET /invoices/{invoiceId}',
	'GET /ledgerreceipts/{receiptId}',
	'GET /businesspartners/{id}',
	'GET /products/{productId}',
	'GET /attachments',
] as const;

/**
 * The kinds of records that can have files: the call that reads them, the holder that Procountor stores the file under, and the
 * type in the list of attachments if it is different.
 */
const recordKinds: Readonly<
	Record<string, { read?: Call; holder: (record: IDataObject, id: number) => Holder; listedAs?: AttachmentTypeFilter }>
> = {
	invoice: { read: 'GET /invoices/{invoiceId}', holder: (_, id) => ({ referenceType: 'INVOICE', referenceId: id }) },
	// A journal's files belong to its invoice (docs/procountor.md#attachments).
	ledgerReceipt: {
		read: 'GET /ledgerreceipts/{receiptId}',
		holder: ({ invoiceId }, id) =>
			invoiceId === undefined
				? { referenceType: 'LEDGERRECEIPT', referenceId: id }
				: { referenceType: 'INVOICE', referenceId: Number(invoiceId) },
	},
	businessPartner: {
		read: 'GET /businesspartners/{id}',
		holder: ({ type }, id) => ({ referenceType: `${String(type)}_BUSINESS_PARTNER_REGISTER`, referenceId: id }),
	},
	person: { holder: (_, id) => ({ referenceType: 'PERSON_BUSINESS_PARTNER_REGISTER', referenceId: id }) },
	product: {
		read: 'GET /products/{productId}',
		holder: ({ type }, id) => ({
			referenceType: `${type === 'TRAVEL' ? refuseTravelProduct(id) : String(type)}_PRODUCT_REGISTER`,
			referenceId: id,
		}),
	},
	statementEvent: {
		holder: (_, id) => ({ referenceType: 'BANKSTATEMENTEVENT', referenceId: id }),
		listedAs: 'BANK_STATEMENT_EVENT',
	},
};

/** The kinds with their names in the editor. */
export const holderNames: Readonly<Record<string, string>> = {
	invoice: 'Invoice',
	ledgerReceipt: 'Ledger Receipt',
	businessPartner: 'Business Partner',
	person: 'Person',
	product: 'Product',
	statementEvent: 'Bank Statement Event',
};

/** The types of invoices that can be sent with files (docs/procountor.md#attachments). */
const SENDABLE = ['SALES_INVOICE', 'SALES_ORDER', 'PURCHASE_ORDER'];

function refuseTravelProduct(id: number): never {
	throw new InputError('Record', `is a travel product, which cannot have files: ${id}`);
}

/** Attaches the files of an item to one record, except files whose names the record already has. */
export const uploadFiles: OperationHandler = (operation, input) => {
	const { settings } = input.values(operation);
	const kind = recordKinds[String(settings.to)];
	const id = String(recordId('Record', settings.recordId));
	const sendWithInvoice = settings.sendFiles === true;
	if (sendWithInvoice && settings.to !== 'invoice') throw new InputError('Send with Invoice', 'is for invoices only');
	const files = outgoingFiles(input, settings);
	if (files.length === 0) throw new InputError('Files From Fields', 'name no file, and the item has none');
	const memory = new ItemMemory(input);
	return {
		readOnly: false,
		async run(client) {
			await checkSizes(input, files);
			const read = async (): Promise<IDataObject | undefined> =>
				kind.read ? await readRecord(client, kind.read, id) : undefined;
			const record = (await read()) ?? {};
			if (sendWithInvoice && !SENDABLE.includes(String(record.type)))
				throw new InputError(
					'Send with Invoice',
					`is not possible with this invoice (${String(record.type)})`,
					'Sales invoices, sales orders and purchase orders only.',
				);
			const holder = { ...kind.holder(record, Number(id)), sendWithInvoice: sendWithInvoice };
			const filesOf = async (current: IDataObject | undefined): Promise<IDataObject[]> =>
				await readFiles(client, current, kind.listedAs ?? holder.referenceType, holder.referenceId);
			const readNames = async (): Promise<string[]> => (await filesOf(await read())).map(fileName);
			const present = await filesOf(record);
			const results: IDataObject[] = [];
			const steps = files.map((file, index) => ({
				name: `attach ${file.name}`,
				async run() {
					const step = `attach file ${index + 1}`;
					const earlier = memory.getStep(step);
					const existing =
						settings.again === true ? undefined : present.find((attachment) => fileName(attachment) === file.name);
					if (earlier === undefined && existing)
						return void results.push({
							...holder,
							id: existing.id ?? existing.attachmentId,
							name: file.name,
							wasAttached: false,
						});
					const attached = earlier ?? (await attachFile(client, input, file, holder, readNames, present.map(fileName)));
					if (!earlier) memory.setStep(step, { id: Number(attached.id) || undefined });
					results.push({ ...holder, name: file.name, ...attached, wasAttached: true });
					return `${file.name} attached`;
				},
			}));
			await runSteps(steps, []);
			return results.map((json) => ({ json }));
		},
	};
};

async function readRecord(client: Client, call: Call, id: string): Promise<IDataObject> {
	const name = /\{(\w+)\}/.exec(call)?.[1] ?? 'id';
	return (await client.requestJson({ call, path: { [name]: id }, noun: `record ${id}` })) ?? {};
}

const fileName = ({ name }: IDataObject): string => String(name);

/** Returns the files of a record: from the record, or from the list of attachments if the company uses Documents. */
async function readFiles(
	client: Client,
	record: IDataObject | undefined,
	type: string,
	referenceId: number,
): Promise<IDataObject[]> {
	if (Array.isArray(record?.attachments)) return filesIn(record);
	const files: IDataObject[] = [];
	try {
		for await (const page of pages(client, {
			call: 'GET /attachments',
			query: { type: [type as AttachmentTypeFilter], referenceId },
		}))
			files.push(...page);
	} catch (error) {
		if (!(error instanceof ProcountorError) || error.problem.status !== 403) return raise(error);
	}
	return files;
}

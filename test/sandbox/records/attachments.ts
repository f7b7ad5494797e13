import { badRequest, forbidden, notFound } from '../errors';
import { defineRegister, type Entry } from '../world/register';
import type { Company } from '../world/world';
import { type Call, file, type Handlers, idOf, noContent, ok } from './handler';
import { headerText } from './headers';
import { contains, inDays, listAnswer } from './lists';
import { ownerOf } from './owners';

export type ReferenceType =
	| 'BANKSTATEMENTEVENT'
	| 'COST_RECEIPT'
	| 'CUSTOMER_BUSINESS_PARTNER_REGISTER'
	| 'EMPLOYEE_INFO'
	| 'ENVIRONMENT'
	| 'FINANCIAL_STATEMENT'
	| 'INVOICE'
	| 'INVOICEDRAFT_ITEM'
	| 'LEDGERRECEIPT'
	| 'NETS_COLLECTION'
	| 'PERSON_BUSINESS_PARTNER_REGISTER'
	| 'PURCHASE_PRODUCT_REGISTER'
	| 'REFERENCE_PAYMENT'
	| 'SALES_PRODUCT_REGISTER'
	| 'SUPPLIER_BUSINESS_PARTNER_REGISTER';

/** What a client says about a file. */
interface Meta {
	name: string;
	referenceType: ReferenceType;
	referenceId: number;
	sendWithInvoice: boolean;
}

export interface Attachment extends Meta {
	id: number;
	mimeType: string;
	bytes: Buffer;
	username: string;
	/** Came with an e-invoice, say: can be neither renamed nor deleted. */
	locked?: boolean;
}

export const attachments = defineRegister<Attachment>('attachments', 880_001);

const LARGEST = 10_000_000;

const MIME_TYPES: Record<string, string> = {
	gif: 'image/gif',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	png: 'image/png',
	pdf: 'application/pdf',
	txt: 'text/plain',
	csv: 'text/csv',
	htm: 'text/html',
	html: 'text/html',
	json: 'application/json',
	md: 'text/markdown',
	eml: 'message/rfc822',
	tif: 'image/tiff',
	tiff: 'image/tiff',
	xml: 'application/xml',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	zip: 'application/zip',
};

const extensionOf = (name: string): string | undefined => /[^./\\]\.([A-Za-z0-9]+)$/.exec(name)?.[1].toLowerCase();

const show = ({ id, name, referenceType, referenceId, mimeType, sendWithInvoice }: Attachment) => ({
	id,
	name,
	referenceType,
	referenceId,
	mimeType,
	sendWithInvoice,
});

/** Attachments by the record that they belong to, so that showing a record does not read them all. */
const index = (company: Company) => company.fact('attachmentIndex', () => new Map<string, number[]>());
const indexKey = (type: ReferenceType, id: number) => `${type}/${id}`;

/** The attachments of a record, as its own answers list them. */
export function attachmentsOf(company: Company, type: ReferenceType, id: number): Array<ReturnType<typeof show>> {
	const ids = index(company).get(indexKey(type, id)) ?? [];
	return ids.flatMap((one) => company.register(attachments).get(one)?.record ?? []).map(show);
}

/** Adds an attachment without the API's checks. */
export function addAttachment(
	company: Company,
	fields: Omit<Attachment, 'id' | 'mimeType'>,
	creatorId: number,
	at?: number,
): Entry<Attachment> {
	const mimeType = MIME_TYPES[extensionOf(fields.name) ?? ''] ?? 'application/octet-stream';
	const entry = company.register(attachments).add((id) => ({ ...fields, id, mimeType }), creatorId, { at });
	const key = indexKey(fields.referenceType, fields.referenceId);
	index(company).set(key, [...(index(company).get(key) ?? []), entry.id]);
	return entry;
}

function remove(company: Company, { id, record }: Entry<Attachment>): void {
	company.register(attachments).delete(id);
	const key = indexKey(record.referenceType, record.referenceId);
	index(company).set(
		key,
		(index(company).get(key) ?? []).filter((one) => one !== id),
	);
}

/** The JSON part of an upload; the contract's check has seen its fields, but not what should not be there. @throws Refusal 400 */
function checkedMeta(call: Call): Meta {
	const { meta } = call.operation.requestBody?.content['multipart/form-data'].schema.properties ?? {};
	const known = call.contract.resolve(meta ?? {}).properties ?? {};
	const body = call.body as Meta;
	const unknown = Object.keys(body).find((field) => !(field in known));
	if (unknown !== undefined && call.switches.unknownBodyFieldsRefused)
		throw badRequest('Unrecognized field.', `meta.${unknown}`);
	const { name, referenceType, referenceId, sendWithInvoice = false } = body;
	return { name, referenceType, referenceId, sendWithInvoice };
}

function checkName(name: string): void {
	if (extensionOf(name) === undefined) throw badRequest('Name must have a file extension.', 'name');
}

function find(call: Call): Entry<Attachment> {
	const entry = call.company.register(attachments).get(idOf(call, 'attachmentId'));
	const owner = entry && ownerOf(call.company, entry.record.referenceType, entry.record.referenceId);
	if (!entry || !owner?.mayView(call.user)) throw notFound('Attachment');
	return entry;
}

/** An attachment that may be changed. @throws Refusal 403, 404 */
function findEditable(call: Call): Entry<Attachment> {
	const entry = find(call);
	const { record } = entry;
	if (!ownerOf(call.company, record.referenceType, record.referenceId)?.mayEdit(call.user)) throw forbidden();
	if (record.locked) throw forbidden('The attachment is not editable.');
	return entry;
}

export const attachmentHandlers: Handlers = {
	/** Needs Documents among the company's usage settings. Shows the attachments of what the user may see. */
	getAttachments: (call: Call) => {
		if (!call.company.settings.documentsActivated) throw forbidden('Documents are not activated in the environment.');
		const { minSize, maxSize, name, type, referenceId } = call.query;
		const username = headerText(call, 'username');
		const types = type as string[] | undefined;
		const found = call.company
			.register(attachments)
			.all()
			.filter(({ record, created }) => {
				const owner = ownerOf(call.company, record.referenceType, record.referenceId);
				const size = record.bytes.length;
				return (
					owner?.mayView(call.user) === true &&
					inDays(call, 'createdStartDate', 'createdEndDate', call.clock.text(created).slice(0, 10)) &&
					(minSize === undefined || size >= Number(minSize)) &&
					(maxSize === undefined || size <= Number(maxSize)) &&
					contains(name, record.name) &&
					(types === undefined || types.includes(owner.documentType)) &&
					(referenceId === undefined || record.referenceId === referenceId) &&
					(username === undefined || record.username === username)
				);
			});
		const line = ({ id, record, created }: Entry<Attachment>) => ({
			attachmentId: id,
			name: record.name,
			size: record.bytes.length,
			user: record.username,
			referenceId: record.referenceId,
			referenceType: record.referenceType,
			attached: call.clock.text(created),
		});
		return listAnswer(call, found, {
			show: line,
			orders: {
				orderByCreatedDate: ({ created }) => created,
				orderByName: ({ record }) => record.name,
				orderBySize: ({ record }) => record.bytes.length,
			},
		});
	},
	saveAttachment: (call: Call) => {
		if (!call.file) throw badRequest('File is missing.', 'file');
		const meta = checkedMeta(call);
		checkName(meta.name);
		if (call.file.bytes.length > LARGEST) throw badRequest('File size is too big.', 'file');
		const owner = ownerOf(call.company, meta.referenceType, meta.referenceId);
		if (!owner) throw badRequest('The referenced record does not exist.', 'referenceId');
		if (!owner.mayEdit(call.user)) throw forbidden();
		if (meta.sendWithInvoice && !owner.sends)
			throw badRequest('Attachments cannot be sent with this type.', 'sendWithInvoice');
		return ok(
			show(
				addAttachment(call.company, { ...meta, bytes: call.file.bytes, username: call.user.username }, call.user.id)
					.record,
			),
		);
	},
	getAttachment: (call: Call) => {
		const { record } = find(call);
		return file(show(record), record.bytes, record.mimeType, record.name, call.switches);
	},
	/** The name alone, and not its extension. */
	renameAttachment: (call: Call) => {
		const entry = findEditable(call);
		const { name } = call.body as { name: string };
		checkName(name);
		if (extensionOf(name) !== extensionOf(entry.record.name))
			throw badRequest('File extension cannot be changed.', 'name');
		call.company.register(attachments).put(entry, { ...entry.record, name });
		return ok(show(entry.record));
	},
	deleteAttachment: (call: Call) => {
		remove(call.company, findEditable(call));
		return noContent();
	},
};

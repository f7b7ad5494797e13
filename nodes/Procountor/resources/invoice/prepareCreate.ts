import type { IDataObject } from 'n8n-workflow';
import { withoutZeroDecimals } from '../../validation/cellValues';
import { type Client, type Execution, InputError, RecordLoader } from '../../api';
import type { IncomingFile } from '../../engine/incomingFiles';
import type { Input, Values } from '../../engine/input';
import { ItemMemory } from '../../engine/itemMemory';
import { outputShaper } from '../../engine/simplify';
import type { Operation } from '../../engine/types';
import { listAt, setPath, toObject } from '../../utils/objects';
import { filesToAttach } from '../shared/attach';
import { matchRows } from '../shared/bookkeeping/matchRows';
import { receiptLoader, type ReceiptLoader } from '../shared/bookkeeping/readBookkeeping';
import { readRows } from '../shared/bookkeeping/rows';
import { Duplicates } from '../shared/duplicates';
import { isOfPerson, type InvoiceType } from '../shared/invoiceTypes';
import { refuseMissingText } from '../shared/missingText';
import { RecordTurns } from '../shared/recordTurns';
import { readApproval } from './approvers';
import { checkInvoice } from './checks';
import { checkChoices } from './createChoices';
import { enrichInvoice, type EnrichedInvoice, type Registers, type WantedInvoice } from './enrich';
import { findPartnerId, findPersonId } from './findPartner';
import { invoiceIdentity, type InvoiceIdentity } from './identity';
import { readRegisterOptions, type RegisterOptions } from './registerSteps';

/** What one item creates. */
export interface CreateTask {
	wanted: WantedInvoice;
	input: Input;
	memory: ItemMemory;
	duplicates: Duplicates;
	turns: RecordTurns;
	/** Reads the receipts of the execution's new invoices together. */
	receipts: ReceiptLoader;
	shape: (record: IDataObject) => IDataObject;
	registers: Registers;
	files: IncomingFile[];
	settings: IDataObject;
	query: Values['query'];
	registerOptions?: RegisterOptions;
}

/** An invoice that is complete and checked, but not saved. */
export interface Candidate {
	enriched: EnrichedInvoice;
	body: IDataObject;
	identity?: InvoiceIdentity;
	/** The IDs of the invoices that Procountor already has with the same identity, if they were looked up. */
	existing?: number[];
}

/**
 * Returns an item's task.
 * @throws {InputError} for input that can be rejected without a request
 */
export function prepareTask(
	operation: Operation,
	input: Input,
	execution: Execution,
	typeOf: (settings: IDataObject) => { type: InvoiceType; isOffer?: boolean },
): CreateTask {
	const values = input.values(operation);
	const settings = toObject(values.settings);
	const { type, isOffer } = typeOf(settings);
	const fields = trimOwnNumber({ ...toObject(values.body), ...(isOffer ? { isOffer } : {}) });
	const wanted = toWantedInvoice(type, fields, settings);
	const registers = registerLoaders(execution);
	const task: CreateTask = {
		wanted,
		input,
		memory: new ItemMemory(input),
		duplicates: Duplicates.of(execution),
		turns: RecordTurns.of(execution),
		receipts: execution.shared('receipts of new invoices', receiptLoader),
		shape: outputShaper(operation, input),
		registers,
		files: filesToAttach(input, settings),
		settings,
		query: values.query,
		registerOptions: readRegisterOptions(wanted, settings, execution, registers),
	};
	checkChoices(wanted, settings, task.registerOptions);
	announceReads(task);
	return task;
}

/** Procountor stores numbers without surrounding spaces, so they are searched for without them. */
function trimOwnNumber({ originalInvoiceNumber, ...fields }: IDataObject): IDataObject {
	const number = String(originalInvoiceNumber ?? '').trim();
	refuseMissingText('Own Invoice Number', number);
	return number === '' ? fields : { ...fields, originalInvoiceNumber: number };
}

function toWantedInvoice(type: InvoiceType, fields: IDataObject, settings: IDataObject): WantedInvoice {
	const { unitPricesIncludeVat, accountingByRow } = (fields.extraInfo ?? {}) as {
		unitPricesIncludeVat?: boolean;
		accountingByRow?: boolean;
	};
	return {
		type,
		fields,
		rows: readRows(listAt(settings, 'invoiceRows')),
		// Prices of a travel invoice always include VAT (docs/procountor.md#travel-invoices).
		pricesIncludeVat: type === 'TRAVEL_INVOICE' || unitPricesIncludeVat === true,
		termDays: settings.termDays as number | undefined,
		vatStatus: settings.vatStatus as string | undefined,
		accountingByRow,
		otherPayee: settings.accountOwner === 'other',
		moveToOpenDay: settings.closedPeriod === 'move',
	};
}

function registerLoaders(execution: Execution): Registers {
	return {
		partners: execution.shared('partners of invoices', () => new RecordLoader('GET /businesspartners/{id}')),
		products: execution.shared(
			'products of invoices',
			() => new RecordLoader('GET /products/{productId}', { query: { includeLocalizations: true } }),
		),
	};
}

/** Announces the item's partner and products, so that items share the requests for them. */
function announceReads({ wanted: { type, fields, rows }, registers }: CreateTask): void {
	if (fields.partnerId !== undefined && !isOfPerson(type)) registers.partners.announce([Number(fields.partnerId)]);
	registers.products.announce(rows.flatMap(({ productId }) => productId ?? []));
}

/** Completes and checks a task's invoice. */
export async function prepareCandidate(client: Client, task: CreateTask): Promise<Candidate> {
	const enriched = await completeInvoice(client, task);
	const { type } = task.wanted;
	const body = checkInvoice(type, enriched.body, enriched.registerFields);
	const number = body.originalInvoiceNumber as string | undefined;
	const identity = number === undefined ? undefined : await invoiceIdentity(client, type, number, body);
	return { enriched, body, identity };
}

/** Completes an invoice from the settings and the registers, and checks what depends on both. */
export async function completeInvoice(
	client: Client,
	{ wanted, settings, registers }: CreateTask,
): Promise<EnrichedInvoice> {
	let { fields } = wanted;
	if (fields.partnerId === undefined && settings.personNumber !== undefined) {
		const personNumber = withoutZeroDecimals(String(settings.personNumber).trim());
		fields = { ...fields, partnerId: await findPersonId(client, personNumber) };
	}
	if (settings.partnerBy !== undefined)
		fields = { ...fields, partnerId: await findPartnerId(client, wanted.type, toObject(settings.partnerBy)) };
	if (settings.reference === 'procountor') fields = setPath(fields, 'paymentInfo.bankReferenceCode', '');
	const approval = await readApproval(client, settings);
	if (approval) fields = { ...fields, invoiceApprovalInformation: approval };
	const enriched = await enrichInvoice(client, { ...wanted, fields }, registers);
	if (settings.after === 'send' && enriched.body.invoiceChannel === 'NO_SENDING')
		throw new InputError(
			'Invoice Channel',
			"is 'No Sending', so the invoice cannot be sent",
			'Choose another channel, with the addresses that it needs, or only approve the invoice.',
		);
	checkPostings(enriched);
	return enriched;
}

/** Refuses rows whose entries could not be told apart after the create. */
function checkPostings({ wantedRows }: EnrichedInvoice): void {
	if (!wantedRows.some(({ posting }) => posting)) return;
	const matches = matchRows(wantedRows, wantedRows);
	if (matches.ok) return;
	throw new InputError(
		'Rows',
		`cannot be posted as requested: Procountor ${matches.message}`,
		`${matches.advice ?? ''}. Nothing was saved.`,
	);
}

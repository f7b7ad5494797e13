import { instantOf } from '../../clock';
import { addAttachment, type Attachment } from '../../records/attachments';
import { type Invoice, invoices } from '../../records/invoices/model';
import { pagePng } from '../../records/invoices/picture';
import { partners } from '../../records/partners';
import type { Company } from '../world';

/** A PDF of one empty page. */
function pdf(title: string): Buffer {
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
		`<< /Title (${title}) >>`,
	];
	let text = '%PDF-1.4\n';
	const places = objects.map((object, index) => {
		const place = text.length;
		text += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return place;
	});
	const start = text.length;
	text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`;
	return Buffer.from(
		`${text}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${start}\n%%EOF\n`,
		'latin1',
	);
}

/** Attachments of invoices of several kinds, of a journal and of a customer; the e-invoice's own cannot be changed. */
export function fillFiles(company: Company): void {
	const latest = (fulfils: (invoice: Invoice) => boolean) =>
		company
			.register(invoices)
			.all()
			.findLast(({ record }) => fulfils(record));
	const add = (
		referenceId: number | undefined,
		name: string,
		bytes: Buffer,
		day: string,
		more: Partial<Attachment> = {},
	) => {
		if (referenceId === undefined) return;
		addAttachment(
			company,
			{
				name,
				referenceType: 'INVOICE',
				referenceId,
				sendWithInvoice: false,
				bytes,
				username: 'aino.koivuranta',
				...more,
			},
			1001,
			instantOf(`${day}T11:00:00`),
		);
	};
	add(
		latest(({ type, status }) => type === 'SALES_INVOICE' && status === 'PAID')?.id,
		'tilausvahvistus.pdf',
		pdf('Tilausvahvistus'),
		'2026-05-05',
		{ sendWithInvoice: true },
	);
	add(
		latest(({ type }) => type === 'PURCHASE_INVOICE')?.id,
		'lähete.txt',
		Buffer.from('Lähete 4711\r\nRaakakahvi 8 säkkiä\r\n'),
		'2026-07-14',
		{ username: 'eero.myllymaki' },
	);
	add(
		latest(({ originalInvoiceNumber }) => originalInvoiceNumber === 'MV-77120')?.id,
		'MV-77120.pdf',
		pdf('MV-77120'),
		'2026-09-14',
		{ locked: true },
	);
	add(latest(({ type }) => type === 'TRAVEL_INVOICE')?.id, 'kuitti.png', pagePng(5, 1), '2026-09-10', {
		username: 'eero.myllymaki',
	});
	add(latest(({ type }) => type === 'JOURNAL')?.id, 'kassaraportti.txt', Buffer.from('Kassa 386,40\r\n'), '2026-09-18');
	const customer = company
		.register(partners)
		.all()
		.find(({ record }) => record.type === 'CUSTOMER');
	add(customer?.id, 'sopimus.pdf', pdf('Sopimus'), '2026-01-02', {
		referenceType: 'CUSTOMER_BUSINESS_PARTNER_REGISTER',
	});
}

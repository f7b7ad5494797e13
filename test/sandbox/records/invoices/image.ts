import { notFound, Refusal } from '../../errors';
import { type Call, file, type Handlers } from '../handler';
import { pagePng } from './picture';
import { findInvoice } from './search';

/** The smallest JPEG that decoders take: one grey pixel. */
const ONE_PIXEL_JPEG = Buffer.from(
	'/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
	'base64',
);

/** Rows that fit on one page of the picture. */
const ROWS_A_PAGE = 20;

/** A page as JPEG: the same pixel on each, and a comment that tells them apart. */
function pageJpeg(page: number): Buffer {
	const text = Buffer.from(`page ${page}`);
	const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), text]);
	return Buffer.concat([ONE_PIXEL_JPEG.subarray(0, 2), comment, ONE_PIXEL_JPEG.subarray(2)]);
}

export const invoiceImageHandlers: Handlers = {
	getInvoiceImage: (call: Call) => {
		const { id, record } = findInvoice(call);
		const asked = Number(call.query.page ?? 1);
		const format = String(call.query.format ?? 'PNG');
		const pages = Math.max(1, Math.ceil(record.invoiceRows.length / ROWS_A_PAGE));
		const page = call.switches.imageBeyondLastPage === 'lastPage' ? Math.min(asked, pages) : asked;
		if (page < 1 || page > pages) {
			if (call.switches.imageBeyondLastPage === 400)
				throw new Refusal(400, 'Invoice page image does not exist.', 'page');
			throw notFound('Invoice page image');
		}
		const type = format === 'PNG' ? 'image/png' : 'image/jpeg';
		const rowsOnPage = Math.min(ROWS_A_PAGE, record.invoiceRows.length - (page - 1) * ROWS_A_PAGE);
		const bytes = format === 'PNG' ? pagePng(rowsOnPage, page) : pageJpeg(page);
		if (call.switches.imageForm === 'picture') return { status: 200, raw: { type, bytes } };
		const name = `invoice-${id}-${page}.${format.toLowerCase()}`;
		return file(
			{ name, referenceType: 'INVOICE', referenceId: id, mimeType: type, sendWithInvoice: false },
			bytes,
			type,
			name,
			call.switches,
		);
	},
};

import { create, get, list, resource, send, type FieldWords } from '../engine/declare';

const invoiceId: FieldWords = {
	label: 'Invoice',
	pick: 'invoice',
	hint: 'A purchase invoice, travel invoice or expense claim',
};
const commentId: FieldWords = { label: 'Comment ID', placeholder: 'e.g. 12345' };

export const invoiceComment = resource('invoiceComment', 'Invoice Comment', ['invoice comment', 'invoice comments'], {
	create: create(
		'POST /invoices/{invoiceId}/comments',
		'Adds a comment to the discussion of an invoice and tells the users tagged in it',
		{
			fields: [
				[
					'comment',
					{
						label: 'Comment',
						hint: 'An @ with a display name tags that user',
						placeholder: 'e.g. @ainokoivuranta please have a look',
					},
				],
			],
			words: { invoiceId },
		},
	),
	get: get(
		'GET /invoices/{invoiceId}/comments/{commentId}',
		'Reads one comment with the users tagged in it and when they read it',
		{ words: { invoiceId, commentId } },
	),
	getAll: list('GET /invoices/{invoiceId}/comments', 'Lists the discussion of an invoice', {
		words: {
			invoiceId,
			readByAllTaggedUsers: {
				label: 'Read by All Tagged Users',
				hint: 'Whether to list comments that all tagged users have read, or those that somebody has not',
			},
		},
	}),
	getTaggableUsers: list(
		'GET /invoices/{invoiceId}/comments/taggableusers',
		'Lists the users who can be tagged in the discussion of an invoice',
		{
			name: 'Get Many Taggable Users',
			action: 'Get many users who can be tagged',
			words: { invoiceId },
		},
	),
	markAsRead: send(
		'PUT /invoices/{invoiceId}/comments/{commentId}/read',
		'Mark as Read',
		'Notes that the user of the credential has read a comment',
		{ action: 'Mark invoice comment as read', words: { invoiceId, commentId } },
	),
});

import { create, get, list, resource, send, type FieldOptions } from '../engine/declare';

const invoiceId: FieldOptions = {
	label: 'Invoice',
	listSearch: 'invoice',
	description: 'A purchase invoice, travel invoice or expense claim',
};
const commentId: FieldOptions = { label: 'Comment ID', placeholder: 'e.g. 12345' };

export const invoiceComment = resource('invoiceComment', 'Invoice Comment', ['invoice comment', 'invoice comments'], {
	create: create(
		'POST /invoices/{invoiceId}/comments',
		'Adds a comment to an invoice and notifies the users tagged in it',
		{
			fields: [
				[
					'comment',
					{
						description: 'An @ with a display name tags that user',
						placeholder: 'e.g. @ainokoivuranta please have a look',
					},
				],
			],
			parameters: { invoiceId },
		},
	),
	get: get(
		'GET /invoices/{invoiceId}/comments/{commentId}',
		'Returns a comment with the users tagged in it and when they read it',
		{ parameters: { invoiceId, commentId } },
	),
	getAll: list('GET /invoices/{invoiceId}/comments', 'Lists the comments of an invoice', {
		parameters: {
			invoiceId,
			readByAllTaggedUsers: {
				label: 'Read by All Tagged Users',
				description: 'Whether to list comments that all tagged users have read, or those that some have not',
			},
		},
	}),
	getTaggableUsers: list(
		'GET /invoices/{invoiceId}/comments/taggableusers',
		'Lists the users who can be tagged in comments of an invoice',
		{
			name: 'Get Many Taggable Users',
			action: 'Get many taggable users',
			parameters: { invoiceId },
		},
	),
	markAsRead: send(
		'PUT /invoices/{invoiceId}/comments/{commentId}/read',
		'Mark as Read',
		"Marks a comment as read by the credential's user",
		{ action: 'Mark invoice comment as read', parameters: { invoiceId, commentId } },
	),
});

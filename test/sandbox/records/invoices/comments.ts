import { badRequest, forbidden, notFound } from '../../errors';
import { defineRegister, type Entry } from '../../world/register';
import type { User } from '../../world/world';
import { type Call, done, type Handlers, idOf, ok } from '../handler';
import { findInvoice } from './search';

interface Tag {
	userTagId: number;
	userId: number;
	read?: number;
}

interface InvoiceComment {
	id: number;
	invoiceId: number;
	author: string;
	comment: string;
	tags: Tag[];
}

export const comments = defineRegister<InvoiceComment>('invoiceComments', 600_001);

/** Name by which a user is tagged in a comment: `@ainokoivuranta`. */
const displayName = ({ firstName, lastName }: User) => `${firstName}${lastName}`.toLowerCase();

function discussed(call: Call) {
	const entry = findInvoice(call);
	if (!call.company.settings.discussionEnabled) throw forbidden('Invoice discussion is not in use.');
	if (!['TRAVEL_INVOICE', 'BILL_OF_CHARGES', 'PURCHASE_INVOICE'].includes(entry.record.type)) throw notFound('Invoice');
	return entry;
}

function find(call: Call): Entry<InvoiceComment> {
	const invoice = discussed(call);
	const entry = call.company.register(comments).get(idOf(call, 'commentId'));
	if (entry?.record.invoiceId !== invoice.id) throw notFound('Comment');
	return entry;
}

const show = (call: Call) => (entry: Entry<InvoiceComment>) => {
	const { id, author, comment, tags } = entry.record;
	return {
		id,
		author,
		comment,
		dateTime: call.clock.text(entry.created),
		taggedUsersInfo: {
			numTaggedUsers: tags.length,
			readByAllTaggedUsers: tags.length > 0 && tags.every(({ read }) => read !== undefined),
		},
	};
};

export const invoiceCommentHandlers: Handlers = {
	getInvoiceComments: (call: Call) => {
		const invoice = discussed(call);
		const { readByAllTaggedUsers } = call.query;
		const mine = call.company
			.register(comments)
			.all()
			.filter(({ record }) => record.invoiceId === invoice.id)
			.map(show(call));
		const asked = ({ taggedUsersInfo: info }: (typeof mine)[number]) =>
			readByAllTaggedUsers === undefined ||
			(info.numTaggedUsers > 0 && info.readByAllTaggedUsers === readByAllTaggedUsers);
		return ok({ comments: mine.filter(asked) });
	},
	saveInvoiceComment: (call: Call) => {
		const invoice = discussed(call);
		const { comment } = call.body as { comment: string };
		if (comment.trim() === '') throw badRequest('Comment is empty.', 'comment');
		const names = new Set((comment.match(/@\S+/g) ?? []).map((name) => name.slice(1).toLowerCase()));
		const tagged = [...call.company.users.values()].filter((user) => names.has(displayName(user)));
		const entry = call.company.register(comments).add((id) => ({
			id,
			invoiceId: invoice.id,
			comment,
			author: `${call.user.firstName} ${call.user.lastName}`,
			tags: tagged.map((user, index) => ({ userTagId: id * 10 + index, userId: user.id })),
		}));
		return ok(show(call)(entry));
	},
	getCommentById: (call: Call) => {
		const entry = find(call);
		const taggedUsers = entry.record.tags.flatMap(({ userTagId, userId, read }) => {
			const user = call.company.users.get(userId);
			return user
				? [
						{
							userTagId,
							displayName: displayName(user),
							fullName: `${user.firstName} ${user.lastName}`,
							...(read === undefined ? {} : { read: call.clock.text(read) }),
						},
					]
				: [];
		});
		return ok({ ...show(call)(entry), taggedUsers });
	},
	setCommentReadByUser: (call: Call) => {
		const entry = find(call);
		if (!entry.record.tags.some(({ userId }) => userId === call.user.id))
			throw badRequest('Only a tagged user can mark the comment as read.');
		const tags = entry.record.tags.map((tag) =>
			tag.userId === call.user.id ? { ...tag, read: call.clock.now() } : tag,
		);
		call.company.register(comments).put(entry, { ...entry.record, tags });
		return done('Comment was marked as read.');
	},
	getTaggeableUsers: (call: Call) => {
		discussed(call);
		return ok({
			taggableUsers: [...call.company.users.values()].map((user) => ({
				displayName: displayName(user),
				fullName: `${user.firstName} ${user.lastName}`,
			})),
		});
	},
};

import { badRequest } from '../errors';
import type { Company, User } from '../world/world';
import type { Call, Handlers } from './handler';
import { needEdit } from './rights';
import { askSecondFactor } from './secondFactor';

interface UserBody {
	id?: number;
	username?: string;
	companyId?: number;
	firstName: string;
	lastName: string;
	email: string;
	mobilePhone: string;
	street?: string;
	zip?: string;
	city?: string;
	secondaryPhone?: string;
	socialSecurityNumber?: string;
	[field: string]: unknown;
}

const OWN = ['street', 'zip', 'city', 'secondaryPhone', 'socialSecurityNumber'] as const;

/** What a user has told beyond name, email and mobile phone. */
export const userDetails = (company: Company): Map<number, Partial<Pick<UserBody, (typeof OWN)[number]>>> =>
	company.fact('userDetails', () => new Map());

function check({ user, company }: Call, body: UserBody): void {
	const same: Array<[string, unknown, unknown]> = [
		['id', body.id, user.id],
		['username', body.username, user.username],
		['companyId', body.companyId, company.id],
	];
	for (const [field, given, own] of same)
		if (given !== undefined && given !== own) throw badRequest('Cannot be changed.', field);
	if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(body.email)) throw badRequest('Email address is not valid.', 'email');
	if (!/^\+?[\d ]{5,20}$/.test(body.mobilePhone)) throw badRequest('Phone number is not valid.', 'mobilePhone');
}

function apply(user: User, company: Company, body: UserBody): void {
	const { firstName, lastName, email, mobilePhone } = body;
	Object.assign(user, { firstName, lastName, email, mobilePhone });
	userDetails(company).set(
		user.id,
		Object.fromEntries(OWN.filter((name) => body[name] !== undefined).map((name) => [name, body[name]])),
	);
}

export const userHandlers: Handlers = {
	/** A user's own data; what is left out is cleared, once the person has confirmed. */
	updateUserInfo: (call: Call) => {
		needEdit(call.user, 'user.editPersonalInfo');
		const body = call.body as UserBody;
		check(call, body);
		return askSecondFactor(call, 'USER_UPDATED', () => {
			apply(call.user, call.company, body);
			return { result: { info: { message: 'User was updated.' } } };
		});
	},
};

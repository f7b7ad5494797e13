import type { FastifyInstance, FastifyReply } from 'fastify';

import type { SandboxState } from '../state';

interface LoginQuery {
	response_type?: string;
	client_id?: string;
	redirect_uri?: string;
	state?: string;
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The pages where a person logs in with a browser: `/login` for an authorization code, `/keylogin` for a key's code. */
export function registerLoginPages(app: FastifyInstance, state: SandboxState): void {
	for (const [path, kind] of [
		['/login', 'token'],
		['/keylogin', 'key'],
	] as const) {
		app.get(path, (request, reply) => {
			const query = request.query as LoginQuery;
			const refusal = refusalOf(state, query);
			return refusal ? page(reply, 400, `<p>${escaped(refusal)}</p>`) : page(reply, 200, loginForm(state, path, query));
		});
		app.post(path, (request, reply) => {
			const query = request.query as LoginQuery;
			const refusal = refusalOf(state, query);
			if (refusal) return page(reply, 400, `<p>${escaped(refusal)}</p>`);
			const { user, company } = request.body as { user?: string; company?: string };
			const found = state.world.companies.get(Number(company))?.users.get(Number(user));
			if (!found) return page(reply, 400, '<p>No such user in this company.</p>');
			if (found.apiLoginOnly && kind === 'token')
				return page(reply, 403, '<p>This user may log in with an API key only.</p>');
			const code = state.auth.issueCode(kind, query.client_id ?? '', Number(company), found.id);
			const stateParameter = query.state === undefined ? '' : `&state=${encodeURIComponent(query.state)}`;
			return reply.redirect(`${query.redirect_uri}?code=${encodeURIComponent(code)}${stateParameter}`, 302);
		});
	}
}

/** Why a login is refused. Only the registered redirect URI will do, letter by letter; it has no query string. */
function refusalOf(state: SandboxState, query: LoginQuery): string | undefined {
	const client = state.world.clients.get(query.client_id ?? '');
	if (!client) return 'Unknown client.';
	if (query.response_type !== 'code') return 'response_type must be code.';
	if (query.redirect_uri !== client.redirectUri)
		return `The redirect URI is not the registered one. Registered: ${client.redirectUri}`;
	return undefined;
}

function loginForm(state: SandboxState, path: string, query: LoginQuery): string {
	const action = `${path}?${new URLSearchParams(query as Record<string, string>).toString()}`;
	const companies = [...state.world.companies.values()].map(
		({ id, name }) => `<option value="${id}">${escaped(name)}</option>`,
	);
	const people = new Map(
		[...state.world.companies.values()]
			.flatMap((company) => [...company.users.values()])
			.map((user) => [user.id, user]),
	);
	const users = [...people.values()].map(
		(user) => `<option value="${user.id}">${escaped(`${user.firstName} ${user.lastName}`)}</option>`,
	);
	return `<form method="post" action="${escaped(action)}"><h1>Sandbox login</h1>
<label>User <select name="user">${users.join('')}</select></label>
<label>Company <select name="company">${companies.join('')}</select></label>
<button type="submit">Log in</button></form>
<p>Registered redirect URI of this client: <code>${escaped(query.redirect_uri ?? '')}</code></p>`;
}

function page(reply: FastifyReply, status: number, body: string): FastifyReply {
	return reply
		.code(status)
		.type('text/html; charset=utf-8')
		.send(`<!doctype html><html><head><title>Sandbox login</title></head><body>${body}</body></html>`);
}

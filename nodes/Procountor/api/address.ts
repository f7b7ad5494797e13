/** The fields of both credentials that say where Procountor is. */
export interface AddressFields {
	environment?: unknown;
	baseUrl?: unknown;
	apiVersion?: unknown;
	versionNumber?: unknown;
}

export interface Address {
	/** The server: scheme, host and port, without a trailing slash. */
	host: string;
	/** The API's base URL, such as `https://api.procountor.com/latest/api`. */
	base: string;
	environment: 'production' | 'test' | 'custom';
}

const HOSTS = { production: 'https://api.procountor.com', test: 'https://pts-api.procountor.com' };
const LOOPBACK = String.raw`(localhost|127(\.\d{1,3}){3}|\[::1\])`;
/** A server without a path: https, or http on this machine only. */
const SERVER = String.raw`^(https:\/\/([\w.-]+|\[[\da-f:.]+\])|http:\/\/${LOOPBACK})(:\d{1,5})?\/?$`;

/** Why an address is refused; `advice` says what to enter instead. */
export interface AddressFault {
	fault: string;
	advice: string;
}

/**
 * Returns the address of the API from a credential's fields (docs/procountor.md#hosts). A custom URL has to be https,
 * or http on this machine only. Others are refused before any secret is sent.
 */
export function addressOf(fields: AddressFields): Address | AddressFault {
	const { environment } = fields;
	const version = versionPath(fields);
	if (typeof version !== 'string') return version;
	if (environment === 'test' || environment === 'production' || environment === undefined) {
		const host = HOSTS[environment ?? 'production'];
		return { host, base: `${host}${version}`, environment: environment ?? 'production' };
	}
	const host = customHost(String(fields.baseUrl ?? '').trim());
	return typeof host === 'string' ? { host, base: `${host}${version}`, environment: 'custom' } : host;
}

/** Returns the version number in an address as Procountor writes it (`26.02`); undefined for Latest and Supported. */
export function versionNumberOf({ base }: Address): string | undefined {
	const digits = /\/v(\d{2})(\d{2})\/api$/.exec(base);
	return digits ? `${digits[1]}.${digits[2]}` : undefined;
}

/**
 * Returns the problem of a version that Procountor has closed (docs/procountor.md#versions).
 * @returns undefined if the address contains no version number
 */
export function closedVersionProblem(
	address: Address,
	status: number,
): { message: string; advice: string } | undefined {
	const version = versionNumberOf(address);
	return version === undefined
		? undefined
		: {
				message: `Procountor has closed API version ${version}, or never had it (${status} at ${address.base})`,
				advice:
					"Choose 'Latest' or 'Supported' as API version in the credential, or enter a newer number. Procountor closes each version after nine months.",
			};
}

function versionPath({ apiVersion, versionNumber }: AddressFields): string | AddressFault {
	if (apiVersion === 'supported') return '/supported/api';
	if (apiVersion !== 'numbered') return '/latest/api';
	const number = /^v?(\d{4})$/i.exec(
		String(versionNumber ?? '')
			.trim()
			.replace('.', ''),
	);
	if (number) return `/v${number[1]}/api`;
	return {
		fault: 'The API version number in the credential is not a version',
		advice: "Enter year and month, such as 2604 for version 26.04, or choose 'Latest'.",
	};
}

function customHost(text: string): string | AddressFault {
	const advice =
		"Enter the server's address, such as https://procountor.example.com, without a path. Plain http is accepted on this machine only (http://127.0.0.1:3456).";
	if (!URL.canParse(text)) return { fault: 'The custom URL in the credential is not a URL', advice };
	const url = new URL(text);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && new RegExp(`^${LOOPBACK}$`).test(url.hostname))) {
		return { fault: 'The custom URL in the credential must start with https://', advice };
	}
	return new RegExp(SERVER, 'i').test(text)
		? url.origin
		: { fault: 'The custom URL in the credential contains more than a server', advice };
}

/**
 * Returns the rule of `addressOf` as an n8n expression, for the credential test and the URLs of OAuth2, where a
 * credential cannot run code. A refused custom URL or an unknown environment becomes a host that does not exist.
 */
export function addressExpression(fields: '$self' | '$credentials', path: 'login' | 'token' | 'api'): string {
	const customUrl = `String(${fields}.baseUrl || '').trim()`;
	const isServer = `/${SERVER}/i.test(${customUrl})`;
	const custom = String.raw`(${isServer} ? ${customUrl}.replace(/\/$/, '') : 'https://refused.invalid')`;
	const environment = `(${fields}.environment === undefined ? 'production' : ${fields}.environment)`;
	const host = `(${environment} === 'custom' ? ${custom} : ${environment} === 'production' ? '${HOSTS.production}' : ${environment} === 'test' ? '${HOSTS.test}' : 'https://refused.invalid')`;
	if (path === 'login') return `={{ ${host} + '/login' }}`;
	const number = String.raw`String(${fields}.versionNumber || '').trim().replace(/^v/i, '').replace('.', '')`;
	const version = `(${fields}.apiVersion === 'supported' ? '/supported/api' : ${fields}.apiVersion === 'numbered' ? '/v' + ${number} + '/api' : '/latest/api')`;
	return `={{ ${host} + ${version}${path === 'token' ? " + '/oauth/token'" : ''} }}`;
}

/** White space, zero-width characters and byte order marks, which are easily copied with a value. */
const PASTED_WHITESPACE = /[\s\u200b-\u200d\u2060\ufeff]+/g;

/** Returns the credential without the white space and invisible characters that people paste with a value. */
export function trimmed<T extends object>(credential: T): T {
	const values = { ...credential } as Record<string, unknown>;
	for (const name of ['clientId', 'clientSecret', 'apiKey', 'redirectUri']) {
		const value = values[name];
		if (typeof value === 'string') values[name] = value.replace(PASTED_WHITESPACE, '');
	}
	return values as T;
}

/** Goes through a login page of the authorization-code flow as a person with a browser would. */

const unescaped = (text: string) =>
	text
		.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
		.replaceAll('&quot;', '"')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');

/**
 * Opens the login page, fills in its form, and follows where it leads until that is `until`.
 * @param loginUrl the address that 'Connect my account' opens
 * @param fields values by field name
 * @param until the beginning of the address to stop at, which is not opened
 * @returns that address, with code and state
 * @throws when a page has no form, or the login is refused
 */
export async function logInByPage(loginUrl: string, fields: Record<string, string>, until: string): Promise<string> {
	const page = await fetch(loginUrl, { redirect: 'manual' });
	const html = await page.text();
	const action = /<form[^>]*\baction="([^"]*)"/i.exec(html)?.[1];
	if (!page.ok || action === undefined) throw new Error(`No login form (${page.status}): ${html.slice(0, 300)}`);
	let answer = await fetch(new URL(unescaped(action), loginUrl), {
		method: 'POST',
		body: new URLSearchParams(fields),
		redirect: 'manual',
	});
	let at = loginUrl;
	for (let hops = 0; hops < 5; hops++) {
		const location = answer.headers.get('location');
		if (!location) throw new Error(`The login led nowhere (${answer.status}): ${(await answer.text()).slice(0, 300)}`);
		at = new URL(location, at).toString();
		if (at.startsWith(until)) return at;
		answer = await fetch(at, { redirect: 'manual' });
	}
	throw new Error(`The login never came back to ${until}`);
}

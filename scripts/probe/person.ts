/** The person at the keyboard, for what only a person can do. Tests put a person of their own here. */
export interface Person {
	/**
	 * Logs in with a browser.
	 * @param url page of Procountor's login
	 * @returns the address that the browser was sent to afterwards, with `code` and `state` in its query
	 */
	logIn(url: string): Promise<string>;
	/** Confirms the order that waits in the Procountor Key app. Resolves when it was confirmed, or throws. */
	confirm(what: string, transactionIdentifier: string): Promise<void>;
	/** Called once webhook notifications should be on their way; waits as long as that may take. */
	awaitDelivery(delivered: () => boolean): Promise<void>;
}

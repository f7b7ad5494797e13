/** The dialog in which a person makes a credential. */
import type { Locator, Page } from 'playwright-core';
import { exactly, type Editor } from './editor';

export class CredentialDialog {
	readonly dialog: Locator;
	private readonly page: Page;

	private constructor(private readonly editor: Editor) {
		this.page = editor.page;
		this.dialog = this.page.getByTestId('editCredential-modal');
	}

	/** Opens the dialog from the open node's field 'Credential'. @param kind as the dialog's list names it, for a node with several kinds */
	static async open(editor: Editor, kind?: RegExp): Promise<CredentialDialog> {
		const { page } = editor;
		const self = new CredentialDialog(editor);
		const select = page.getByTestId('node-credentials-select');
		const setUp = editor.setUpCredential;
		await select.or(setUp).first().waitFor();
		if (await select.isVisible()) {
			await select.click();
			await page.getByText('Create new credential').click();
		} else await setUp.click();
		await self.dialog.waitFor();
		if (!kind) return self;
		const modes = page.getByTestId('credential-mode-dropdown-trigger');
		await modes.waitFor();
		if (!kind.test(await modes.innerText())) {
			await modes.click();
			await page.getByRole('menuitem').filter({ hasText: kind }).click();
		}
		return self;
	}

	async fill(values: Record<string, string>): Promise<void> {
		for (const [label, value] of Object.entries(values)) await this.editor.fill(label, value, this.dialog);
	}

	async choose(label: string, option: string): Promise<void> {
		await this.editor.choose(label, option, this.dialog);
	}

	/** Saves, which tests the credential. @returns the message of a failed test, or undefined: then n8n closes the dialog */
	async save(): Promise<string | undefined> {
		const test = this.page.waitForResponse((response) => response.url().endsWith('/rest/credentials/test'));
		await this.dialog.getByTestId('credential-save-button').click();
		const { data } = (await (await test).json()) as { data: { status: string } };
		if (data.status === 'OK') return await this.dialog.waitFor({ state: 'hidden' }).then(() => undefined);
		await this.dialog.getByText('Couldn’t connect with these settings').waitFor();
		const more = this.dialog.getByText('More details');
		if (await more.isVisible()) await more.click();
		const text = await this.dialog.innerText();
		const [, message = ''] = /with these settings([\s\S]*?)\bEnvironment\b/.exec(text) ?? [];
		return message.replace(/\b(Retry|More details|Less details)\b/g, '').trim();
	}

	/**
	 * Presses 'Connect' and goes through the login page of the sandbox, which opens in a window of its own. n8n closes
	 * window and dialog when the login has come back.
	 */
	async connect(user: string, company: string): Promise<void> {
		const window = this.page.waitForEvent('popup');
		await this.dialog
			.getByRole('button', { name: exactly('Connect') })
			.or(this.dialog.getByTestId('quick-connect-button'))
			.first()
			.click();
		const login = await window;
		await login.getByLabel('User').selectOption({ label: user });
		await login.getByLabel('Company').selectOption({ label: company });
		await login.getByRole('button', { name: 'Log in' }).click();
		await this.dialog.waitFor({ state: 'hidden' });
	}
}

/**
 * `npm run picture`: takes docs/editor.png of the example 'an order becomes a sent invoice', run in the n8n of
 * `npm run n8n`, which must be up. PORT is n8n's; CHROMIUM names the browser.
 */
import { join } from 'node:path';
import { chromium, selectors, type Page } from 'playwright-core';

const n8n = `http://127.0.0.1:${process.env.PORT ?? 5678}`;
const file = join(__dirname, '..', 'docs', 'editor.png');

async function take(page: Page): Promise<void> {
	await page.goto(`${n8n}/signin`);
	await page.getByLabel('Email').fill('owner@example.com');
	await page.getByLabel('Password').fill('Koivuranta1');
	await page.keyboard.press('Enter');
	await page.getByText('an order becomes a sent invoice').first().click();
	await page.getByText('Create, Approve and Send', { exact: true }).waitFor();
	await page.keyboard.press('Control+Enter');
	await page.getByTestId('canvas-node-status-success').nth(2).waitFor();
	await page.getByText('Logs', { exact: true }).click();
	await page.getByTestId('zoom-to-fit').click();
	await page.getByTestId('zoom-out-button').click();
	await page.getByText('Workflow executed successfully').waitFor({ state: 'hidden' });
	await page.mouse.move(0, 0);
	await page.screenshot({ path: file });
}

async function main(): Promise<void> {
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox'],
	});
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
		await take(page);
	} finally {
		await browser.close();
	}
}

void main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});

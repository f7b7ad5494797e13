/**
 * Compares what the real editor saves of forms in which every field was added and none was changed with `savedByEditor`, which
 * the engine tests use. Tests a sample by default, and every operation with FORMS=all (`npm run test:forms`).
 */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { isPlainObject } from '../../nodes/Procountor/utils/objects';
import { resources } from '../../nodes/Procountor/resources';
import { owner, startStage, type Stage } from '../e2e/stage';
import { stepsWithLog } from '../e2e/steps';
import { optionsIn, savedByEditor } from '../engine/reach/untouched';
import { startChromium } from './chromium';
import { Editor } from './editor';
import { saveForms } from './savedForms';

const minute = 60_000;
const projectRoot = join(__dirname, '..', '..');
const { print } = stepsWithLog(join(projectRoot, '.scratch', 'forms.log'));

const takesAll = process.env.FORMS === 'all';
/** The form of each kind with the most fields to add. */
const sample = [
	['businessPartner', 'create'],
	['invoice', 'create'],
	['invoice', 'getAll'],
	['ledgerReceipt', 'create'],
	['product', 'update'],
] as Array<[string, string]>;

const groups = takesAll
	? resources.map(({ value, operations }) => Object.keys(operations).map((key): [string, string] => [value, key]))
	: [sample];

let stage: Stage;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	stage = await startStage({ folder: join(projectRoot, '.scratch', 'forms'), print });
	browser = await startChromium(print);
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	editor = new Editor(await context.newPage(), stage.server.url);
	await editor.logIn(owner);
}, 40 * minute);

afterAll(async () => {
	await editor?.page.screenshot({ path: join(projectRoot, '.scratch', 'forms', 'last.png') });
	await browser?.close();
	await stage?.close();
}, minute);

/**
 * Parameters as JSON keeps them. An untouched picker is left out: the editor stores one in a row if the form was drawn again
 * after the row was added, and it means the same as none.
 */
const asStored = (value: object): unknown =>
	JSON.parse(JSON.stringify(value, (_name, inner: unknown) => (isUntouchedPicker(inner) ? undefined : inner)));

function isUntouchedPicker(value: unknown): boolean {
	return isPlainObject(value) && value.__rl === true && value.value === '';
}

for (const group of groups)
	it(
		`The editor saves ${takesAll ? `the ${group.length} forms of ${group[0][0]}` : `${group.length} large forms`} as the engine tests assume`,
		async () => {
			const { forms, clicks } = await saveForms(editor, stage.n8n, group);
			const options = forms.reduce((sum, { parameters }) => sum + optionsIn(parameters).length, 0);
			print(`  ${forms.length} operations, ${clicks} clicks, ${options} fields and options stored`);
			for (const { resource, operation, parameters } of forms)
				expect({ operation, parameters: asStored(parameters) }).toEqual({
					operation,
					parameters: asStored(savedByEditor(resource, operation)),
				});
		},
		20 * minute,
	);

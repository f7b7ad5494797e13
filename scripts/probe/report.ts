import { openFacts, type Switch, type SwitchName, switchTable } from '../../test/sandbox/switches';
import { facts } from './facts';
import type { Fact, Finding } from './facts/types';
import { NOT_ASKED } from './notAsked';
import type { Outcome } from './run';

/** Facts by the number of their switch. */
const byNumber = (): Fact[] => [...facts].sort((a, b) => switchTable[a.name].no - switchTable[b.name].no);

const cell = (text: string): string => text.replace(/\|/g, '\\|');

function table(head: string[], rows: string[][]): string {
	if (rows.length === 0) return 'None.\n';
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n') + '\n';
}

const valueOf = (finding: Finding | undefined): string | undefined =>
	finding && 'value' in finding ? String(finding.value) : undefined;

const reasonOf = (finding: Finding | undefined): string =>
	finding === undefined ? 'not asked' : 'cannotTell' in finding ? finding.cannotTell : '';

const NEEDS: Record<Fact['need'], string> = {
	read: 'reads',
	login: '--confirm',
	write: '--write',
	confirm: '--write --confirm',
};
const NO_CALL = 'no call of the API can show it';

/** Facts that the probe does not ask about, by number, each with the reason. */
const notAsked = (): Array<{ no: number; name: string; about: string; reason: string }> => [
	...Object.entries(NOT_ASKED).map(([name, reason]) => {
		const { no, about } = switchTable[name as SwitchName];
		return { no, name: `\`${name}\``, about, reason };
	}),
	...openFacts.map(({ no, about }) => ({ no, name: '–', about, reason: NO_CALL })),
];

/** Every numbered fact: its switch and default, the evidence, and the probe's question or the reason why there is none. */
export function factList(): string {
	const asked = new Map(facts.map((fact) => [fact.name, fact]));
	const rows = Object.entries(switchTable as Record<SwitchName, Switch>).map(([name, { no, values, evidence }]) => {
		const fact = asked.get(name as SwitchName);
		const probe = fact ? `${fact.question} (${NEEDS[fact.need]})` : `not asked: ${NOT_ASKED[name as SwitchName]}`;
		return [String(no), `\`${name}\``, `\`${values[0]}\``, evidence, probe];
	});
	const open = openFacts.map(({ no, evidence }) => [String(no), '–', '–', evidence, `not asked: ${NO_CALL}`]);
	return table(['no', 'switch', 'default', 'evidence', 'probe'], [...rows, ...open]);
}

/** The report for people. It holds shapes and yes or no, never data of the company. */
export function reportOf(outcome: Outcome): string {
	const { findings, contradictions, left } = outcome;
	const all = byNumber();
	const told = all.filter(({ name }) => valueOf(findings[name]) !== undefined);
	const untold = all.filter(({ name }) => valueOf(findings[name]) === undefined);
	const number = ({ name }: Fact) => String(switchTable[name].no);
	const evidence = ({ name }: Fact) => {
		const finding = findings[name];
		return finding && 'value' in finding ? (finding.evidence ?? '') : '';
	};
	return `# What the Procountor API answered

Environment: ${outcome.environment}. API version: ${outcome.apiVersion}. Requests: ${outcome.requests}.
${outcome.interrupted ? 'The run was interrupted. Run the same command again to go on.\n' : ''}
## Settled: ${told.length} of ${all.length}

${table(
	['no', 'switch', 'question', 'answer', 'evidence'],
	told.map((fact) => [
		number(fact),
		`\`${fact.name}\``,
		fact.question,
		`\`${valueOf(findings[fact.name])}\``,
		evidence(fact),
	]),
)}
## Cannot be told: ${untold.length}

${table(
	['no', 'switch', 'question', 'reason'],
	untold.map((fact) => [number(fact), `\`${fact.name}\``, fact.question, reasonOf(findings[fact.name])]),
)}
## Not asked: ${notAsked().length}

${table(
	['no', 'switch', 'fact', 'reason'],
	notAsked().map(({ no, name, about, reason }) => [String(no), name, about, reason]),
)}
## Contradictions to the contract: ${contradictions.length}

Responses of ${outcome.compared} calls were compared with the contract.

${table(
	['call', 'kind', 'field', 'detail', 'times'],
	contradictions.map(({ call, kind, field, detail, times }) => [
		`\`${call}\``,
		kind,
		field && `\`${field}\``,
		detail,
		String(times),
	]),
)}
## What the probe left

The probe's records carry the text ${outcome.mark}.

${table(
	['record', 'ID', 'state'],
	left.map(({ kind, id, state }) => [kind, id, state ?? 'not removed yet: run the same command again']),
)}`;
}

/** The answers in the form that `npm run sandbox -- --answers answers.json` reads. */
export function answersOf({ findings, environment, apiVersion }: Outcome): string {
	const answers: Record<string, unknown> = {};
	const cannotBeTold: Record<string, string> = {};
	for (const { name } of byNumber()) {
		const finding = findings[name];
		if (finding && 'value' in finding) answers[name] = finding.value;
		else cannotBeTold[name] = reasonOf(finding);
	}
	return `${JSON.stringify({ environment, apiVersion, answers, cannotBeTold }, null, '\t')}\n`;
}

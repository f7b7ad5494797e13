// One run of a rule set over one folder, counted and printed.

/**
 * Lints `patterns` below `folder` with `rules` (`{ESLint, config}`), comments that switch rules off ignored.
 * @returns files read, rules in force, findings as `{file, line, rule, text, isError}`
 */
export async function lint(rules, folder, patterns) {
	const eslint = new rules.ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: rules.config,
		errorOnUnmatchedPattern: false,
	});
	const results = await eslint.lintFiles(patterns);
	const inForce = new Set();
	for (const { filePath } of results) {
		const config = await eslint.calculateConfigForFile(filePath);
		for (const [rule, [severity]] of Object.entries(config?.rules ?? {})) if (severity > 0) inForce.add(rule);
	}
	const findings = results.flatMap(({ filePath, messages }) =>
		messages.map((message) => ({
			file: filePath.slice(folder.length + 1),
			line: message.line,
			rule: message.ruleId ?? 'not readable',
			text: message.message,
			isError: message.severity === 2,
		})),
	);
	return { files: results.length, rules: inForce.size, findings };
}

/**
 * Prints a run of `lint` under a title: the figures, the count of each broken rule, and the first places.
 * @returns the number of errors; a run that read no file counts as one
 */
export function report(title, { files, rules, findings }) {
	const errors = findings.filter((finding) => finding.isError);
	console.log(
		`${title}: ${files} files, ${rules} rules, ${errors.length} errors, ${findings.length - errors.length} warnings`,
	);
	const perRule = groupByRule(findings);
	for (const [rule, places] of perRule) {
		console.log(`  ${places.length} × ${rule}`);
		for (const { file, line, text } of places.slice(0, 5)) console.log(`      ${file}:${line} ${text}`);
	}
	if (files === 0) console.log('  nothing was read: has the package been built?');
	return files === 0 ? 1 : errors.length;
}

function groupByRule(findings) {
	const groups = new Map();
	for (const finding of findings) groups.set(finding.rule, [...(groups.get(finding.rule) ?? []), finding]);
	return groups;
}

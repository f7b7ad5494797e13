/** Replaces n8n's logger, so that tests see everything that n8n and the nodes log, at every level. */
import './environment';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { LoggerProxy, type LogMetadata } from 'n8n-workflow';
import { record } from './records';

export interface LogEntry {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	metadata: string;
}

/** The message of an error is not enumerable, so plain JSON would lose it. */
function toText(value: unknown): string {
	const seen = new Set<unknown>();
	return (
		JSON.stringify(value, (_key, part: unknown) => {
			if (typeof part === 'bigint') return String(part);
			if (typeof part !== 'object' || part === null) return part;
			if (seen.has(part)) return '[seen above]';
			seen.add(part);
			return part instanceof Error
				? { ...part, name: part.name, message: part.message, stack: part.stack, cause: part.cause }
				: part;
		}) ?? ''
	);
}

export class LogCollector {
	readonly entries: LogEntry[] = [];

	error = (message: string, metadata?: LogMetadata) => this.add('error', message, metadata);

	warn = (message: string, metadata?: LogMetadata) => this.add('warn', message, metadata);

	info = (message: string, metadata?: LogMetadata) => this.add('info', message, metadata);

	debug = (message: string, metadata?: LogMetadata) => this.add('debug', message, metadata);

	scoped = () => this;

	/** The entries added since `from`, an earlier value of `entries.length`. */
	since(from: number): LogEntry[] {
		return this.entries.slice(from);
	}

	private add(level: LogEntry['level'], message: string, metadata: LogMetadata | undefined) {
		const entry = { level, message: String(message), metadata: toText(metadata) };
		this.entries.push(entry);
		record(`log.${level}`, `${entry.message} ${entry.metadata}`);
	}
}

export const logs = new LogCollector();
Container.set(Logger, logs as unknown as Logger);
LoggerProxy.init(logs);

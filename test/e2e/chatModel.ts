/** A chat model on loopback that says what a script tells it to, in the form of OpenAI's chat completions. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: string;
	tool_call_id?: string;
}

/** A tool as the model is told about it. */
export interface ToolDefinition {
	name: string;
	description: string;
	parameters: {
		properties: Record<string, { type?: string; description?: string }>;
		required?: string[];
	};
}

/** What the model says next: a call of a tool, or its last words. */
export type Reply = { tool: string; input: Record<string, unknown> } | { text: string };

export class ScriptedModel {
	/** The tools that came with the last request. */
	tools: ToolDefinition[] = [];
	/** What the model was given to read in its last request. */
	messages: Message[] = [];
	private script: Array<(messages: Message[]) => Reply> = [];

	private constructor(private readonly server: Server) {}

	static async start(): Promise<ScriptedModel> {
		const server = createServer();
		const model = new ScriptedModel(server);
		server.on('request', (request, response) => {
			const parts: Buffer[] = [];
			request.on('data', (part: Buffer) => parts.push(part));
			request.on('end', () => {
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(model.answer(Buffer.concat(parts).toString('utf8'))));
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return model;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
	}

	/** What the model says to the next requests, one by one. Each reply may depend on what it has read. */
	say(...script: Array<Reply | ((messages: Message[]) => Reply)>): void {
		this.script = script.map((reply) => (typeof reply === 'function' ? reply : () => reply));
	}

	/** What the tools have answered in this conversation, in their order. */
	get toolAnswers(): string[] {
		return this.messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
	}

	close(): Promise<void> {
		return new Promise((resolve) => {
			this.server.closeAllConnections();
			this.server.close(() => resolve());
		});
	}

	private answer(body: string): object {
		const { messages, tools = [] } = JSON.parse(body) as {
			messages: Message[];
			tools?: Array<{ function: ToolDefinition }>;
		};
		this.messages = messages;
		this.tools = tools.map((tool) => tool.function);
		const reply = this.script.shift()?.(messages) ?? { text: 'The script has ended.' };
		const message =
			'text' in reply
				? { role: 'assistant', content: reply.text }
				: {
						role: 'assistant',
						content: null,
						tool_calls: [
							{
								id: `call_${messages.length}`,
								type: 'function',
								function: { name: reply.tool, arguments: JSON.stringify(reply.input) },
							},
						],
					};
		return {
			id: 'chat',
			object: 'chat.completion',
			created: 1,
			model: 'scripted',
			choices: [{ index: 0, message, finish_reason: 'text' in reply ? 'stop' : 'tool_calls' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	}
}

import { NodeHelpers, type INode, type INodeParameters, type INodeProperties } from 'n8n-workflow';

/** The entries of a collection that n8n offers in the form of a resource's operation. */
export function shownEntries({ options = [] }: INodeProperties, form: INodeParameters): INodeProperties[] {
	const node: INode = { id: '', name: '', type: '', typeVersion: 1, position: [0, 0], parameters: form };
	const shows = (entry: INodeProperties): boolean => {
		const { show = {} } = entry.displayOptions ?? {};
		// What another field of the collection decides counts as shown.
		const ofForm = Object.fromEntries(Object.entries(show).filter(([name]) => name.startsWith('/')));
		return NodeHelpers.displayParameter({}, { ...entry, displayOptions: { show: ofForm } }, node, null, form);
	};
	return (options as INodeProperties[]).filter(shows);
}

/** VS Code's own JSON engine with our schema, as the editor runs it. */
import { readFileSync } from 'node:fs';
import { getLanguageService, type JSONDocument, TextDocument } from 'vscode-json-languageservice';

const schemaFile = 'schemas/gan.schema.json';

export const jsonEngine = () => {
  const service = getLanguageService({
    clientCapabilities: {
      textDocument: {
        hover: { contentFormat: ['markdown'] },
        completion: { completionItem: { documentationFormat: ['markdown'] } },
      },
    },
  });
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
  service.configure({
    validate: true,
    schemas: [{ uri: 'gan://schema', fileMatch: ['gan.config.json', '*.gan.json'], schema }],
  });
  const open = (text: string): [TextDocument, JSONDocument] => {
    const document = TextDocument.create('file:///project/gan.config.json', 'jsonc', 1, text);
    return [document, service.parseJSONDocument(document)];
  };

  return {
    validate(text: string) {
      const [document, json] = open(text);
      return service.doValidation(document, json);
    },
    /** Completion where the text has a bar. */
    async complete(marked: string) {
      const offset = marked.indexOf('|');
      const [document, json] = open(marked.replace('|', ''));
      return (await service.doComplete(document, document.positionAt(offset), json))?.items ?? [];
    },
    /** The hover where the text has a bar, as Markdown. */
    async hover(marked: string) {
      const offset = marked.indexOf('|');
      const [document, json] = open(marked.replace('|', ''));
      const hover = await service.doHover(document, document.positionAt(offset), json);
      const contents = hover?.contents;
      if (contents === undefined) return '';
      return Array.isArray(contents) || typeof contents === 'string' ? String(contents) : contents.value;
    },
  };
};

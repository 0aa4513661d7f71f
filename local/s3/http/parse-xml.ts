import { S3Error } from '../s3-error.ts';

/** An element of a request: its text if it has no children. */
export interface XmlElement {
  name: string;
  text: string;
  children: XmlElement[];
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const MAX_DEPTH = 8;

/** One token at a time, from where the last ended; whatever is no token (a DOCTYPE, CDATA, a bare `<`) ends in MalformedXML. */
const token =
  /<\?xml\s[^?<>]*\?>|<!--(?:(?!--).)*-->|<(?<closing>\/)?(?<name>[A-Za-z_][\w.-]*)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?<empty>\/)?>|(?<text>[^<]+)/sy;

/** The little of XML that S3's requests are made of. Throws MalformedXML. */
export function parseXml(document: string): XmlElement {
  const root: XmlElement = { name: '', text: '', children: [] };
  const open = [root];
  token.lastIndex = 0;
  while (token.lastIndex < document.length) {
    const groups = token.exec(document)?.groups;
    const parent = open.at(-1)!;
    if (!groups) throw malformedXml();
    const { closing, name, empty, text } = groups;
    if (text !== undefined) {
      parent.text += decodeEntities(text);
    } else if (closing) {
      if (empty || name !== parent.name || parent === root) throw malformedXml();
      open.pop();
    } else if (name) {
      const element = { name, text: '', children: [] };
      parent.children.push(element);
      if (!empty) open.push(element);
    }
    if (open.length > MAX_DEPTH) throw malformedXml();
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '') throw malformedXml();
  return root.children[0]!;
}

/** The texts of an element's children by name. Throws MalformedXML if one is not `allowed`, or is there twice. */
export function childTexts(element: XmlElement, allowed: readonly string[]): Map<string, string> {
  const texts = new Map(element.children.map(({ name, text }) => [name, text]));
  const strange = element.children.some(
    ({ name, children }) => !allowed.includes(name) || children.length > 0,
  );
  if (strange || texts.size !== element.children.length) throw malformedXml();
  return texts;
}

export function malformedXml(): S3Error {
  return new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));|&/gi, (_, decimal, hex, name) => {
    const codePoint = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    const character =
      codePoint === undefined
        ? entities[name ?? '']
        : codePoint <= 0x10ffff && String.fromCodePoint(codePoint);
    if (!character) throw malformedXml();
    return character;
  });
}

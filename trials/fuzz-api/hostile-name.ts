import fc from 'fast-check';

/** Stands in every filename that is sent: where it turns up, a filename did. */
export const canary = 'kanarienvogel';

const extensions = ['mp4', 'MOV', 'mp3', 'flac', 'exe', 'mp4.exe', 'mp4/', ''];

const tricks = [
  '../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/shadow',
  'C:\\con',
  '.htaccess',
  '\r\nSet-Cookie: a=b',
  '"; filename="evil.exe',
  "'; DROP TABLE jobs; --",
  '%2e%2e%2f',
  '%0d%0aX-Evil: 1',
  '\u202egpj.exe',
  '\u2066\u2069\u200f',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  'e\u0301\u0323'.repeat(40),
  '\u{1f3ac}'.repeat(62),
  'x'.repeat(250),
  'ä'.repeat(125),
  '*?<>|:',
  "''()*!~",
  '\u2028\u2029\u0085',
  '\ufeff\u200b\u00ad',
  '$\u007bjndi:ldap://127.0.0.1/a}',
  '<script>alert(1)</script>',
];

const stem = fc
  .array(
    fc.oneof(
      fc.constantFrom(...tricks),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      // Halves of characters, too.
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
        .map((units) => String.fromCharCode(...units)),
    ),
    { maxLength: 3 },
  )
  .map((pieces) => pieces.join(''));

/** What somebody might call a file to get out of its key, its header, its log line. */
export const hostileName: fc.Arbitrary<string> = fc
  .tuple(stem, fc.constantFrom(...extensions), fc.boolean())
  .map(([name, extension, isFirst]) => {
    const marked = isFirst ? canary + name : name + canary;
    return extension === '' ? marked : `${marked}.${extension}`;
  });

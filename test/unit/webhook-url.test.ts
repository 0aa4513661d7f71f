import { describe, expect, it } from '@jest/globals';
import { webhookUrlFault } from '../../core/announce/webhook-url.ts';

const deployed = { loopback: false };
const onThisMachine = { loopback: true };

describe('a webhook’s URL', () => {
  it.each([
    'https://example.com/clips?from=clipwright',
    'https://hooks.example.co.uk',
    'https://example.com:443/a',
    'https://1.1.1.1/a',
    'https://[2606:4700:4700::1111]/a',
    'https://bücher.example.org/',
  ])('may be %s', (url) => {
    expect(webhookUrlFault(url, deployed)).toBeUndefined();
  });

  it.each([
    ['http://example.com/', 'https://'],
    ['ftp://example.com/', 'https://'],
    ['example.com/clips', 'whole URL'],
    ['https://user:secret@example.com/', 'user or password'],
    ['https://example.com/#part', 'fragment'],
    ['https://example.com/#', 'fragment'],
    ['https://example.com:8443/', 'port 443'],
    ['https://localhost/', 'public internet'],
    ['https://clips.localhost./', 'public internet'],
    ['https://localhost../', 'public internet'],
    ['https://a..b/', 'public internet'],
    ['https://.com/', 'public internet'],
    ['https://intranet/', 'public internet'],
    ['https://printer.local/', 'public internet'],
    ['https://metadata.google.internal/', 'public internet'],
    ['https://127.0.0.1/', 'public internet'],
    ['https://2130706433/', 'public internet'],
    ['https://0x7f.1/', 'public internet'],
    ['https://0177.0.0.1/', 'public internet'],
    ['https://169.254.169.254/latest/meta-data/', 'public internet'],
    ['https://①⑥⑨.254.169.254/', 'public internet'],
    ['https://0/', 'public internet'],
    ['https://[::1]/', 'public internet'],
    ['https://[::ffff:10.0.0.1]/', 'public internet'],
    ['https://[64:ff9b::a00:1]/', 'public internet'],
    ['https://[fd00:ec2::254]/', 'public internet'],
    [`https://example.com/${'a'.repeat(2048)}`, '2048'],
  ])('may not be %s', (url, why) => {
    expect(webhookUrlFault(url, deployed)).toContain(why);
    if (!url.startsWith('http:')) expect(webhookUrlFault(url, onThisMachine)).toContain(why);
  });

  it('may be plain http to this machine, where nobody else reaches that', () => {
    expect(webhookUrlFault('http://127.0.0.1:8945/clips', deployed)).toBeDefined();
    expect(webhookUrlFault('http://127.0.0.1:8945/clips', onThisMachine)).toBeUndefined();
    expect(webhookUrlFault('http://[::1]:8945/clips', onThisMachine)).toBeUndefined();
    expect(webhookUrlFault('http://10.0.0.1:8945/clips', onThisMachine)).toBeDefined();
    expect(webhookUrlFault('http://localhost:8945/clips', onThisMachine)).toBeDefined();
  });
});

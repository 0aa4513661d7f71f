/**
 * Whether the whole of `text` fits `pattern`, where `*` stands for any run of characters (none included) and
 * `?` for exactly one. Linear in practice and never exponential: only the last `*` is ever reconsidered.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resumeAt = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resumeAt = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/**
 * As IAM compares ARNs: part by part, so that a `*` never reaches over a colon of the first five parts.
 * `*` alone fits everything. Source: IAM User Guide, "Resource" and "ArnLike".
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const patternParts = arnParts(pattern);
  const parts = arnParts(arn);
  return (
    patternParts.length === parts.length && patternParts.every((part, i) => matchesWildcard(part, parts[i]!))
  );
}

/** arn, partition, service, region, account, resource; the resource keeps its own colons. */
export function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

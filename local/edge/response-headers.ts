import type { OutgoingHttpHeaders } from 'node:http';
import type { Stack } from '../template/stack.ts';
import { TemplateError } from '../template/template-error.ts';

export interface PolicyHeader {
  name: string;
  value: string;
  /** Otherwise what the origin says stands. */
  override: boolean;
}

interface PolicyProperties {
  ResponseHeadersPolicyConfig: { Name: string; Comment?: string; SecurityHeadersConfig?: SecurityHeaders };
}

interface SecurityHeaders {
  ContentSecurityPolicy?: { ContentSecurityPolicy: string; Override: boolean };
  ContentTypeOptions?: { Override: boolean };
  FrameOptions?: { FrameOption: string; Override: boolean };
  ReferrerPolicy?: { ReferrerPolicy: string; Override: boolean };
  StrictTransportSecurity?: {
    AccessControlMaxAgeSec: number;
    IncludeSubdomains?: boolean;
    Preload?: boolean;
    Override: boolean;
  };
}

/** What a response headers policy adds to answers. Throws TemplateError for a policy that does anything else. */
export function headersOf(stack: Stack, policyId: string | undefined): PolicyHeader[] {
  if (policyId === undefined) return [];
  const policy = stack
    .ofType<PolicyProperties>('AWS::CloudFront::ResponseHeadersPolicy')
    .find(({ ref }) => ref === policyId);
  if (!policy) throw new TemplateError(`the response headers policy ${policyId} is not in the template`);

  const {
    SecurityHeadersConfig = {},
    Name: _,
    Comment: __,
    ...unknown
  } = policy.properties.ResponseHeadersPolicyConfig;
  const strange = [...Object.keys(unknown), ...Object.keys(SecurityHeadersConfig)].find(
    (name) => !Object.hasOwn(headers, name),
  );
  if (strange) throw new TemplateError(`${policy.logicalId}: ${strange} is not known here`);
  return Object.entries(SecurityHeadersConfig).map(([name, config]) => ({
    ...(headers[name as keyof SecurityHeaders] as (config: unknown) => Omit<PolicyHeader, 'override'>)(
      config,
    ),
    override: (config as { Override: boolean }).Override,
  }));
}

type Headers = {
  [Name in keyof SecurityHeaders]-?: (
    config: NonNullable<SecurityHeaders[Name]>,
  ) => Omit<PolicyHeader, 'override'>;
};

const headers: Headers = {
  ContentSecurityPolicy: ({ ContentSecurityPolicy: value }) => ({ name: 'content-security-policy', value }),
  ContentTypeOptions: () => ({ name: 'x-content-type-options', value: 'nosniff' }),
  FrameOptions: ({ FrameOption: value }) => ({ name: 'x-frame-options', value }),
  ReferrerPolicy: ({ ReferrerPolicy: value }) => ({ name: 'referrer-policy', value }),
  StrictTransportSecurity: ({ AccessControlMaxAgeSec, IncludeSubdomains, Preload }) => ({
    name: 'strict-transport-security',
    value: [
      `max-age=${AccessControlMaxAgeSec}`,
      IncludeSubdomains && 'includeSubDomains',
      Preload && 'preload',
    ]
      .filter(Boolean)
      .join('; '),
  }),
};

export function withPolicy(answered: OutgoingHttpHeaders, policy: PolicyHeader[]): OutgoingHttpHeaders {
  const added = policy.filter(({ name, override }) => override || answered[name] === undefined);
  return { ...answered, ...Object.fromEntries(added.map(({ name, value }) => [name, value])) };
}

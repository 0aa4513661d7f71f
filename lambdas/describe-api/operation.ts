import * as z from 'zod';

export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().describe('Stable: what scripts should look at'),
  errors: z.array(z.object({ field: z.string(), message: z.string() })),
  link: z.string().optional().describe('A path: the other way to what was asked'),
  request_id: z.string(),
});

export interface Operation {
  /** Unique: generated clients name their methods by it. */
  id: string;
  summary: string;
  isPublic?: boolean;
  request?: z.ZodType;
  /** Of a request that is sent as multipart/form-data. */
  form?: z.ZodType;
  query?: z.ZodObject;
  /** `null`: an answer without a body. */
  answers: Record<number, z.ZodType | null>;
  problems?: number[];
}

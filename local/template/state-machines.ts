import type { Definition } from '../states/definition.ts';
import type { StateMachineSettings } from '../states/start-states.ts';
import type { Stack } from './stack.ts';
import { TemplateError } from './template-error.ts';

interface StateMachineProperties {
  RoleArn: string;
  StateMachineType?: string;
  Definition?: Definition;
  DefinitionString?: string;
}

/** Throws TemplateError where the definition is not in the template itself. */
export function stateMachinesOf(stack: Stack): StateMachineSettings[] {
  return stack.ofType<StateMachineProperties>('AWS::StepFunctions::StateMachine').map((resource) => {
    const { Definition, DefinitionString, RoleArn, StateMachineType } = resource.properties;
    const definition = Definition ?? (DefinitionString && (JSON.parse(DefinitionString) as Definition));
    if (!definition) throw new TemplateError(`${resource.logicalId}: its definition is not in the template`);
    return {
      arn: resource.attributes.Arn!,
      name: resource.attributes.Name!,
      roleArn: RoleArn,
      type: StateMachineType,
      definition,
    };
  });
}

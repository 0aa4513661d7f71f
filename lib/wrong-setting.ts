/** A setting that the deployer has to set right: its message says which, and what it may be. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';
}

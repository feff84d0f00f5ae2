// What passed and what did not. A failed step ends its walk, not the others.

export class Report {
  passed = 0;
  failed = 0;

  /** Runs one step; answers with what it gives, or nothing when it failed. */
  async step(name, work) {
    try {
      const result = await work();
      this.passed += 1;
      console.log(`ok      ${name}`);
      return result ?? true;
    } catch (error) {
      this.failed += 1;
      console.log(`FAILED  ${name}\n        ${String(error.message ?? error).replaceAll('\n', '\n        ')}`);
      return undefined;
    }
  }

  /** Steps in order, until one fails. */
  async walk(name, steps) {
    for (const [what, work] of steps) {
      if ((await this.step(`${name}: ${what}`, work)) === undefined) return false;
    }
    return true;
  }

  /** Says the sum and gives the exit code. */
  close() {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 ? 0 : 1;
  }
}

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

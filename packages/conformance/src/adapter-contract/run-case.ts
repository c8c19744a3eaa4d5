import type { ContractForm } from '../routes/contract-route.js'
import type { ContractCase } from './contract-case.js'
import type { Target } from './contract-program.js'
import { createTools } from './create-tools.js'

const bothForms: readonly ContractForm[] = ['answers', 'handles']

/** Runs a case in each of its forms. @throws what failed, with the form it failed in */
export async function runCase({ forms = bothForms, run }: ContractCase, target: Target): Promise<void> {
  for (const form of forms) {
    const { tools, close } = createTools(form, target)
    try {
      await run(tools)
    } catch (error) {
      throw inForm(form, error)
    } finally {
      close()
    }
  }
}

function inForm(form: ContractForm, error: unknown): unknown {
  if (error instanceof Error) error.message = `In the form "${form}": ${error.message}`
  return error
}

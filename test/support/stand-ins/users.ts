/** A reader's own `users.ts`, as far as the recipes use it. */
export function checkPassword(form: FormData): Promise<{ readonly id: string }> {
  return form.get('password') === 'right' ? Promise.resolve({ id: 'u1' }) : Promise.reject(new Error('wrong password'))
}

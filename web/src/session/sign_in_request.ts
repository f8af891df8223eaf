import { createStore } from "../lib/store";
import { hasAccounts, sessionStore } from "./session";

/** A page that cannot go on before somebody has signed in. */
export interface SignInRequest {
  /** The details that were filled in already. */
  name: string;
  email: string;
  /** Called once: true when somebody has signed in. */
  answer(isSignedIn: boolean): void;
}

export const signInRequestStore = createStore<SignInRequest | null>(null);

/** Resolves to true at once where nobody needs to sign in; else asks in a dialog over the page. */
export function signInFirst(name: string, email: string): Promise<boolean> {
  if (!hasAccounts() || sessionStore.get()?.account) return Promise.resolve(true);
  return new Promise((answer) => {
    signInRequestStore.set({
      name,
      email,
      answer: (isSignedIn) => {
        signInRequestStore.set(null);
        answer(isSignedIn);
      },
    });
  });
}

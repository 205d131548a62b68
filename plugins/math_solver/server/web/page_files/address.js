// What the address of the page says: `#c=ID` a conversation of this browser, `?q=` or `#q=` a question to begin with.

export const LONGEST_QUESTION = 20_000; // characters

/** `{conversation, question}`, each null where the address has none. */
export function readAddress({ search, hash }) {
  const behind = new URLSearchParams(hash.slice(1));
  const question = behind.get("q") ?? new URLSearchParams(search).get("q");
  return { conversation: behind.get("c") || null, question: question?.slice(0, LONGEST_QUESTION) ?? null };
}

export function addressOf(conversation) {
  return conversation === null ? location.pathname : `#c=${encodeURIComponent(conversation)}`;
}

/** An address that offers a question; behind the `#`, where it stays out of logs. */
export function addressOfQuestion(question) {
  return `${location.origin}${location.pathname}#q=${encodeURIComponent(question)}`;
}

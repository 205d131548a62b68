// The API of our own origin: a streamed solve, and the health of the server.

export const FAILURES = ["unreachable", "lost", "key", "busy", "long", "refused", "failed"];
const TOO_LONG = "context_length_exceeded"; // the conversation, or the question alone

/** Why a solve did not come through; `kind` is one of FAILURES. */
export class ServerError extends Error {
  constructor(kind, message = "") {
    super(message);
    this.kind = kind;
  }
}

/** The chunks of a streamed solve, in order. Throws ServerError, or AbortError when `signal` says so. */
export async function* streamSolve(messages, key, signal) {
  const response = await post(messages, key, signal);
  if (!response.ok) throw await refusal(response);
  let ended = false;
  for await (const data of events(response.body, signal)) {
    if (data === "[DONE]") {
      ended = true;
      break;
    }
    const chunk = JSON.parse(data);
    if (chunk.error) throw new ServerError(kindOf(chunk.error), chunk.error.message);
    yield chunk;
  }
  if (!ended) throw new ServerError("lost");
}

/** What `/health` says, or null where nobody answers. */
export async function askHealth() {
  try {
    const response = await fetch("health", { cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

async function post(messages, key, signal) {
  const body = {
    model: "math-solver",
    messages,
    tools: [{ type: "code_interpreter" }],
    stream: true,
    stream_options: { include_usage: true },
  };
  const headers = { "content-type": "application/json" };
  if (key) headers.authorization = `Bearer ${key}`;
  try {
    return await fetch("v1/chat/completions", { method: "POST", headers, body: JSON.stringify(body), signal });
  } catch (error) {
    throw signal.aborted ? error : new ServerError("unreachable");
  }
}

function kindOf({ type, code }) {
  if (code === TOO_LONG) return "long";
  return type === "rate_limit_error" ? "busy" : "failed";
}

async function refusal(response) {
  const body = await response.json().catch(() => null);
  const message = body?.error?.message ?? `${response.status} ${response.statusText}`;
  if (body?.error?.code === TOO_LONG) return new ServerError("long", message);
  const kinds = { 401: "key", 403: "refused", 429: "busy" };
  return new ServerError(kinds[response.status] ?? (response.status < 500 ? "refused" : "failed"), message);
}

/** The `data` of each server-sent event. */
async function* events(stream, signal) {
  let data = [];
  for await (const line of lines(stream, signal)) {
    if (line.startsWith("data:")) {
      data.push(line.slice(5).replace(/^ /, ""));
    } else if (line === "" && data.length > 0) {
      yield data.join("\n");
      data = [];
    }
  }
}

async function* lines(stream, signal) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read().catch((error) => {
      throw signal.aborted ? error : new ServerError("lost");
    });
    if (done) return;
    const found = (rest + value).split("\n");
    rest = found.pop();
    for (const line of found) yield line.replace(/\r$/, "");
  }
}

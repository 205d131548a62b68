// The conversations in IndexedDB. Each turn is a record of its own, so that two tabs never write over each other's.

const NAME = "math_solver";
const STORES = ["conversations", "turns"];

export class Archive {
  constructor(database) {
    this.database = database;
    database.onversionchange = () => database.close(); // a newer page wants to change its form
  }

  /** Throws where the browser gives no storage, or holds something else under our name. */
  static async open() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("conversations", { keyPath: "id" });
      const turns = request.result.createObjectStore("turns", { keyPath: ["conversation", "id"] });
      turns.createIndex("started", "started");
    };
    const archive = new Archive(await outcome(request));
    archive.transaction("readonly"); // throws where a store is missing
    return archive;
  }

  readConversations() {
    return outcome(this.store("conversations").getAll());
  }

  readConversation(id) {
    return outcome(this.store("conversations").get(id));
  }

  readTurns(conversation) {
    return outcome(this.store("turns").getAll(allOf(conversation)));
  }

  /** The newest turns of all conversations, the newest first. */
  async readNewest(count) {
    const found = [];
    const request = this.store("turns").index("started").openCursor(null, "prev");
    for (let cursor; found.length < count && (cursor = await outcome(request)); cursor.continue()) {
      found.push(cursor.value);
    }
    return found;
  }

  /**
   * Write turns, and into conversations the fields given for their ids; all of it or nothing. A turn whose conversation
   * is neither stored nor written is left out: another tab has deleted it.
   */
  async write(turns, fields) {
    const transaction = this.transaction("readwrite");
    const ended = end(transaction);
    ended.catch(() => {}); // told below, also where a request throws first
    const [store, kept] = STORES.map((name) => transaction.objectStore(name));
    const written = new Set(fields.map(([id]) => id));
    for (const turn of turns) {
      if (written.has(turn.conversation)) kept.put(turn);
      else store.getKey(turn.conversation).onsuccess = ({ target }) => target.result !== undefined && kept.put(turn);
    }
    for (const [id, changed] of fields) {
      const reading = store.get(id);
      reading.onsuccess = () => store.put({ ...reading.result, ...changed, id });
    }
    await ended;
  }

  removeConversation(id) {
    const transaction = this.transaction("readwrite");
    transaction.objectStore("conversations").delete(id);
    transaction.objectStore("turns").delete(allOf(id));
    return commit(transaction);
  }

  removeTurns(conversation, ids) {
    const transaction = this.transaction("readwrite");
    for (const id of ids) transaction.objectStore("turns").delete([conversation, id]);
    return commit(transaction);
  }

  store(name) {
    return this.transaction("readonly").objectStore(name);
  }

  transaction(mode) {
    return this.database.transaction(STORES, mode);
  }
}

/** The keys of all turns of a conversation: an array sorts behind every string. */
function allOf(conversation) {
  return IDBKeyRange.bound([conversation], [conversation, []]);
}

function outcome(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** End a transaction that waits for nothing: so it ends well though the page is left at once. */
function commit(transaction) {
  const ended = end(transaction);
  transaction.commit();
  return ended;
}

function end(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}

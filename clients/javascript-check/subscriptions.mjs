// Follows a collection with the clients graphql-ws and graphql-sse:
//   node subscriptions.mjs http://127.0.0.1:7071/graphql
// The node needs an empty collection "kept" that keeps its changes and takes JSON documents.
import assert from 'node:assert/strict';
import { createClient as overEvents } from 'graphql-sse';
import { createClient as overSocket } from 'graphql-ws';
import WebSocket from 'ws';

const url = process.argv[2];
if (!url) {
  console.error('usage: node subscriptions.mjs <url of a GraphQL endpoint>');
  process.exit(2);
}
let checks = 0;
const equal = (actual, expected) => {
  assert.deepEqual(actual, expected);
  checks += 1;
};

/** The only result of a query or a mutation. */
async function once(client, query, variables) {
  const results = [];
  for await (const result of client.iterate({ query, variables })) results.push(result);
  assert.equal(results.length, 1);
  assert.equal(results[0].errors, undefined, JSON.stringify(results[0]));
  return results[0].data;
}

const put = (client, key, n) =>
  once(client, 'mutation ($key: String!, $n: Int!) { putKept(key: $key, document: {n: $n}) { version } }', { key, n });
const remove = (client, key) => once(client, 'mutation ($key: String!) { deleteKept(key: $key) { existed } }', { key });

const FOLLOW = `subscription ($after: String, $least: Int!) {
  keptChanges(after: $after, where: {n: {gte: $least}}) { kind key cursor node { key document { n } } }
}`;

function follow(client, after) {
  const results = client.iterate({ query: FOLLOW, variables: { after, least: 0 } });
  return {
    async next() {
      const { value, done } = await results.next();
      assert.equal(done, false);
      assert.equal(value.errors, undefined, JSON.stringify(value));
      return value.data.keptChanges;
    },
    stop: () => results.return(),
  };
}

/** The code of the error that a subscription is answered with, however its client shows it. */
async function code(client, query) {
  try {
    for await (const result of client.iterate({ query })) return result.errors?.[0].extensions.code;
  } catch (errors) {
    return errors[0]?.extensions?.code ?? String(errors);
  }
  return 'no error';
}

async function check(open) {
  const client = open();
  await put(client, 'a', 1);
  const first = follow(client);
  const row = await first.next();
  equal([row.kind, row.key, row.cursor, row.node], ['ROW', 'a', null, { key: 'a', document: { n: 1 } }]);
  equal((await first.next()).kind, 'COMPLETE');
  await put(client, 'b', 2);
  const stored = await first.next();
  equal([stored.kind, stored.key, stored.node.document.n], ['PUT', 'b', 2]);
  await remove(client, 'a');
  const removed = await first.next();
  equal([removed.kind, removed.key, removed.node], ['REMOVE', 'a', null]);
  await first.stop();

  // What comes while nobody listens is told to whoever comes back with the cursor.
  for (const n of [3, 4, 5]) await put(client, 'b', n);
  client.dispose();
  const again = open();
  const second = follow(again, removed.cursor);
  for (const n of [3, 4, 5]) {
    const told = await second.next();
    equal([told.kind, told.node.document.n], ['PUT', n]);
  }
  await second.stop();

  equal(await code(again, 'subscription { nothing { kind } }'), 'GRAPHQL_VALIDATION_FAILED');
  equal(await code(again, 'subscription { keptChanges(after: "x") { kind } }'), 'BAD_USER_INPUT');
  equal(await code(again, `subscription { keptChanges(after: "${removed.cursor}") { kind } }`), 'BAD_USER_INPUT');
  await remove(again, 'b');
  again.dispose();
}

await check(() => overEvents({ url, retryAttempts: 0 }));
await check(() =>
  overSocket({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, keepAlive: 500 }),
);
console.log(`${checks} checks passed`);
process.exit(0);

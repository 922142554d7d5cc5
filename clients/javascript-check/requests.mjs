// Reads and writes a collection with the clients graphql-request and @apollo/client:
//   node requests.mjs http://127.0.0.1:7071/graphql
// The node needs an empty collection "book" of documents {text: string, n: integer} under string
// keys, and graphql.documents.mode allowed.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { ClientError, GraphQLClient } from 'graphql-request';

const url = process.argv[2];
if (!url) {
  console.error('usage: node requests.mjs <url of a GraphQL endpoint>');
  process.exit(2);
}
let checks = 0;
const equal = (actual, expected) => {
  assert.deepEqual(actual, expected);
  checks += 1;
};

const PUT = `mutation Put($key: String!, $document: JSON!, $none: [String!]) {
  putBook(key: $key, document: $document, ifNoneMatch: $none) { created version }
}`;
const PAGE = `query Page($first: Int!, $after: String, $least: Int!) {
  bookRange(first: $first, after: $after, where: { n: { gte: $least } }, orderBy: [{ n: DESC }]) {
    edges { cursor node { ...Book } }
    pageInfo { hasNextPage endCursor }
  }
}
fragment Book on Book { id key document { text n } }`;

async function refused(request) {
  const error = await request.then(() => null, (e) => e);
  assert(error instanceof ClientError, String(error));
  return error.response.errors[0].extensions.code;
}

async function graphqlRequest() {
  const client = new GraphQLClient(url);
  for (let n = 0; n < 12; n += 1) {
    const { putBook } = await client.request(PUT, { key: `b${n}`, document: { text: `t${n}`, n } });
    assert.equal(putBook.created, true);
  }
  equal(await refused(client.request(PUT, { key: 'b1', document: { n: 1 }, none: ['*'] })), 'CONDITION_FAILED');

  const version = (await client.request('{ book(key: "b2") { version } }')).book.version;
  const patch = `mutation ($match: [String!]) {
    patchBook(key: "b2", patch: { text: "new" }, ifMatch: $match) { node { document { text n } } }
  }`;
  const patched = await client.request(patch, { match: [version] });
  equal(patched.patchBook.node.document, { text: 'new', n: 2 });
  equal(await refused(client.request(patch, { match: [version] })), 'CONDITION_FAILED');

  const seen = [];
  let after = null;
  do {
    const { bookRange } = await client.request(PAGE, { first: 4, after, least: 2 });
    seen.push(...bookRange.edges.map((edge) => edge.node.document.n));
    after = bookRange.pageInfo.hasNextPage ? bookRange.pageInfo.endCursor : null;
  } while (after);
  equal(seen, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);

  equal(await refused(client.request('{ book(key: "b1") { nothing } }')), 'GRAPHQL_VALIDATION_FAILED');
  equal(await refused(client.request('{ book(key: ')), 'GRAPHQL_PARSE_FAILED');
  equal(await refused(client.request(PAGE, { first: 5000, least: 0 })), 'BAD_USER_INPUT');

  const raw = await client.rawRequest('query ($k: String!) { book(key: $k) { key } }', { k: 'b3' });
  equal(raw.data, { book: { key: 'b3' } });
  equal(raw.extensions.cost.requested, 1);

  const getting = new GraphQLClient(url, { method: 'GET' });
  equal(await getting.request('query ($k: String!) { book(key: $k) { key } }', { k: 'b4' }), { book: { key: 'b4' } });
}

/** A client that notes what it sends. */
function apollo(...links) {
  const sent = [];
  const http = new HttpLink({
    uri: url,
    fetch: (target, options) => {
      sent.push({ method: options.method, body: options.body ? JSON.parse(options.body) : null, target: String(target) });
      return fetch(target, options);
    },
  });
  const cache = new InMemoryCache({
    typePolicies: { Query: { fields: { bookRange: relayStylePagination(['where', 'orderBy']) } } },
  });
  return { client: new ApolloClient({ link: ApolloLink.from([...links, http]), cache }), sent };
}

async function apolloClient() {
  const { client, sent } = apollo();
  const variables = { first: 5, after: null, least: 0 };
  const pages = client.watchQuery({ query: gql(PAGE), variables });
  let results;
  const first = await new Promise((resolve) => {
    results = pages.subscribe((result) => result.dataState === 'complete' && resolve(result));
  });
  equal(first.data.bookRange.edges.length, 5);
  await pages.fetchMore({ variables: { after: first.data.bookRange.pageInfo.endCursor } });
  const held = () => client.readQuery({ query: gql(PAGE), variables }).bookRange.edges.map((edge) => edge.node);
  equal(held().map((node) => node.document.n), [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);

  // What a mutation gives back is what the list holds, by its global id.
  const mutation = gql`
    mutation ($key: String!, $document: JSON!) {
      putBook(key: $key, document: $document) { node { id key document { text n } } }
    }
  `;
  await client.mutate({ mutation, variables: { key: 'b7', document: { text: 'changed', n: 7 } } });
  const changed = held().find((node) => node.key === 'b7');
  equal(changed.document.text, 'changed');
  equal(sent.length, 3);
  results.unsubscribe();

  const one = await client.query({ query: gql`query ($k: String!) { book(key: $k) { id key } }`, variables: { k: 'b7' } });
  equal(one.data.book.id, changed.id);
  const wrong = await client
    .query({ query: gql`query ($f: Int) { bookRange(first: $f) { edges { cursor } } }`, variables: { f: -1 } })
    .then(() => null, (e) => e);
  equal(CombinedGraphQLErrors.is(wrong) && wrong.errors[0].extensions.code, 'BAD_USER_INPUT');
}

async function namedDocuments() {
  const sha256 = (text) => createHash('sha256').update(text).digest('hex');
  const { client, sent } = apollo(new PersistedQueryLink({ sha256, useGETForHashedQueries: true }));
  const query = gql`query Named($k: String!) { book(key: $k) { id key document { n } } }`;
  const ask = async (k) => (await client.query({ query, variables: { k } })).data.book.document.n;
  equal(await ask('b5'), 5);
  equal(await ask('b6'), 6);
  // Unknown at first, then sent with its text, then known.
  equal(sent.map((request) => request.method), ['GET', 'POST', 'GET']);
  equal([sent[1].body.query.length > 0, sent[2].target.includes('sha256Hash')], [true, true]);
}

await graphqlRequest();
await apolloClient();
await namedDocuments();
console.log(`${checks} checks passed`);

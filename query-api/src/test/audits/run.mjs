// Audits the GraphQL endpoint at a URL: node run.mjs http://127.0.0.1:7071/graphql
// Prints what is not fulfilled and one line of figures; exits 1 unless all audits pass.
import { auditServer } from 'graphql-http';

const url = process.argv[2];
if (!url) {
  console.error('usage: node run.mjs <url of a GraphQL endpoint>');
  process.exit(2);
}
const results = await auditServer({ url });
const passed = results.filter((result) => result.status === 'ok').length;
for (const result of results) {
  if (result.status !== 'ok') {
    console.log(`${result.status} ${result.id} ${result.name}: ${result.reason}`);
  }
}
console.log(`${passed} of ${results.length} audits passed`);
process.exit(passed === results.length ? 0 : 1);

/**
 * The ways by which requests come and results go: GraphQL over HTTP, server-sent events, and
 * WebSockets with the sub-protocol graphql-transport-ws. Reads and writes them; decides statuses
 * and media types, and nothing else.
 */
@NullMarked
package dev.weir.query.graphql.transport;

import org.jspecify.annotations.NullMarked;

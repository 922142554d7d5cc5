/** A whole node: its configuration, and the assembly of store, router, HTTP and GraphQL. */
@NullMarked
package dev.weir.query.server;

import org.jspecify.annotations.NullMarked;

/** A web shop's order service that keeps its orders in an embedded database. */
@NullMarked
package dev.weir.examples.embedded;

import org.jspecify.annotations.NullMarked;

/** A client of the HTTP API. */
@NullMarked
package dev.weir.client;

import org.jspecify.annotations.NullMarked;

/** Gets over HTTP. */
@NullMarked
package dev.weir.bench.http;

import org.jspecify.annotations.NullMarked;

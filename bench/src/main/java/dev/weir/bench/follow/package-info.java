/** Following a collection: what idle followers take, and how soon a change is told. */
@NullMarked
package dev.weir.bench.follow;

import org.jspecify.annotations.NullMarked;

/** Gets inside the process. */
@NullMarked
package dev.weir.bench.get;

import org.jspecify.annotations.NullMarked;

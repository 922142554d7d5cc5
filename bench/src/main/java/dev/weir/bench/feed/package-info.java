/** Source topics full of documents. */
@NullMarked
package dev.weir.bench.feed;

import org.jspecify.annotations.NullMarked;

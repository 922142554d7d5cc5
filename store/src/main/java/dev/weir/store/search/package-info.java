/** Answers questions about the contents of one shard's documents: chooses a way, and walks it. */
@NullMarked
package dev.weir.store.search;

import org.jspecify.annotations.NullMarked;

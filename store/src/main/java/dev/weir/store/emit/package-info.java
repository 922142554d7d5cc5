/** Sends what the fold has put into the outboxes and continuations of the active shards. */
@NullMarked
package dev.weir.store.emit;

import org.jspecify.annotations.NullMarked;

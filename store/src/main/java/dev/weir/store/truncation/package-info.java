/**
 * Frees the beginning of the log: which records no one can need any more, and how Kafka is told.
 * Source topics are never touched.
 */
@NullMarked
package dev.weir.store.truncation;

import org.jspecify.annotations.NullMarked;

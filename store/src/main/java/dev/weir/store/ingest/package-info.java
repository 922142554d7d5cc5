/**
 * Copies the users' topics into the log: maps records, keeps the bad ones aside, and remembers how
 * far it got, so that every record takes effect exactly once.
 */
@NullMarked
package dev.weir.store.ingest;

import org.jspecify.annotations.NullMarked;

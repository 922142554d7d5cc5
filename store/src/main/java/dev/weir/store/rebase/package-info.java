/**
 * The snapshots of an application as the beginning of another log: in another cluster, under
 * another name, or after the log was lost.
 */
@NullMarked
package dev.weir.store.rebase;

import org.jspecify.annotations.NullMarked;

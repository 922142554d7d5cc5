/** Frees the beginning of the log, at one node of the cluster, on a schedule and on demand. */
@NullMarked
package dev.weir.query.truncation;

import org.jspecify.annotations.NullMarked;

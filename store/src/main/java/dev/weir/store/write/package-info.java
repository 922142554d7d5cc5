/** The one path of a change: log record, decision, state. */
@NullMarked
package dev.weir.store.write;

import org.jspecify.annotations.NullMarked;

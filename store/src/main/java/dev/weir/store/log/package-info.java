/** The application's own topics: what they must be, what they hold now, and how to append. */
@NullMarked
package dev.weir.store.log;

import org.jspecify.annotations.NullMarked;

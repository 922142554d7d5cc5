/** How a shard without state gets it from elsewhere: from which source, checked against the log. */
@NullMarked
package dev.weir.store.bootstrap;

import org.jspecify.annotations.NullMarked;

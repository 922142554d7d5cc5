/** A broker and nodes as processes, each behind proxies of its own. */
@NullMarked
package dev.weir.chaos.cluster;

import org.jspecify.annotations.NullMarked;

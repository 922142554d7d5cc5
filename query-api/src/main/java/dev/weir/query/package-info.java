/** The words and ports of the query API: the whole database as any node offers it. */
@NullMarked
package dev.weir.query;

import org.jspecify.annotations.NullMarked;

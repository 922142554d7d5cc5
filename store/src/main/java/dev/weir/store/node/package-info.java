/** The assembly of a store node: settings in, a running node out. */
@NullMarked
package dev.weir.store.node;

import org.jspecify.annotations.NullMarked;

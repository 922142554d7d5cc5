/** Clients that call the cluster and record what they are told. */
@NullMarked
package dev.weir.chaos.load;

import org.jspecify.annotations.NullMarked;

/** A network that can be cut and slowed down. */
@NullMarked
package dev.weir.chaos.net;

import org.jspecify.annotations.NullMarked;

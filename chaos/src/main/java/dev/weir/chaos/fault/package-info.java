/** What can go wrong, and the dice that choose it. */
@NullMarked
package dev.weir.chaos.fault;

import org.jspecify.annotations.NullMarked;

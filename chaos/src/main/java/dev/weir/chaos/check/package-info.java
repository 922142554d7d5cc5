/** Checks of histories; pure functions that know no cluster. */
@NullMarked
package dev.weir.chaos.check;

import org.jspecify.annotations.NullMarked;

/** What clients did and saw, as a history that can be checked. */
@NullMarked
package dev.weir.chaos;

import org.jspecify.annotations.NullMarked;

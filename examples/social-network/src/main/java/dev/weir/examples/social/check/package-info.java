/**
 * A second reading of the input files that shares no code with the first, for checking what a
 * database says after the events have gone through it.
 */
@NullMarked
package dev.weir.examples.social.check;

import org.jspecify.annotations.NullMarked;

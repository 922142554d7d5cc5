/**
 * Records of sources that could not be taken: looked at, and sent again to where they came from.
 */
@NullMarked
package dev.weir.store.letter;

import org.jspecify.annotations.NullMarked;

/** A collection whose indexes come and go while it is written, searched and its nodes die. */
@NullMarked
package dev.weir.chaos.search;

import org.jspecify.annotations.NullMarked;

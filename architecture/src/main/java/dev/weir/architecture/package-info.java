/** The rules that every module's classes are checked against. */
@NullMarked
package dev.weir.architecture;

import org.jspecify.annotations.NullMarked;

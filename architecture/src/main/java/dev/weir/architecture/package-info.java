/** The rules that every module's classes are checked against, and what all their tests share. */
@NullMarked
package dev.weir.architecture;

import org.jspecify.annotations.NullMarked;

/** The command line put together. */
@NullMarked
package dev.weir.cli.main;

import org.jspecify.annotations.NullMarked;

/** The words of the command line: how it fails and how it prints. */
@NullMarked
package dev.weir.cli;

import org.jspecify.annotations.NullMarked;

/** Writes and reads for ever, and tells when an answer breaks a promise. */
@NullMarked
package dev.weir.cli.canary;

import org.jspecify.annotations.NullMarked;

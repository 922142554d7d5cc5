/** Commands that ask a running node over HTTP. */
@NullMarked
package dev.weir.cli.remote;

import org.jspecify.annotations.NullMarked;

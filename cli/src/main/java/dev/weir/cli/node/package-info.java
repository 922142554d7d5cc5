/** Commands that run a node, or read its configuration. */
@NullMarked
package dev.weir.cli.node;

import org.jspecify.annotations.NullMarked;

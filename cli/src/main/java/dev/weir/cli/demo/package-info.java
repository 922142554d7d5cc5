/** The demo: a broker, three nodes and a social network. */
@NullMarked
package dev.weir.cli.demo;

import org.jspecify.annotations.NullMarked;

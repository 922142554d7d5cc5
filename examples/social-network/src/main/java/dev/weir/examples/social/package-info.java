/** A social network as a stream of events: what the demo publishes. */
@NullMarked
package dev.weir.examples.social;

import org.jspecify.annotations.NullMarked;

/** Other processes: how they are started, killed, paused and waited for. */
@NullMarked
package dev.weir.chaos.process;

import org.jspecify.annotations.NullMarked;

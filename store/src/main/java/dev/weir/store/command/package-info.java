/** Commands at the owner: appended to the log, answered with what the fold decides. */
@NullMarked
package dev.weir.store.command;

import org.jspecify.annotations.NullMarked;

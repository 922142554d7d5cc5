/** A whole run: cluster, clients, faults, checks, report. */
@NullMarked
package dev.weir.chaos.run;

import org.jspecify.annotations.NullMarked;

/**
 * Calls between nodes: frames over TCP, many calls on few connections; only importer of io.netty.
 */
@NullMarked
package dev.weir.query.peer;

import org.jspecify.annotations.NullMarked;

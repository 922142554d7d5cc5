package dev.weir.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How far the answers of a client have seen: tokens, which only the nodes read. The token of an
 * answer holds those that came with its request, so that one is left when nothing is under way.
 * Safe from any thread.
 */
final class Session {
  private static final String SEPARATOR = ",";

  private final Set<String> tokens = new LinkedHashSet<>(); // under "this"

  Session(String position) {
    if (!position.isEmpty()) {
      tokens.add(position);
    }
  }

  /** What to send with a request; empty = nothing seen yet. */
  synchronized String position() {
    return String.join(SEPARATOR, tokens);
  }

  /** Takes an answer's token, which replaces those that its request carried. */
  synchronized void saw(String sent, String token) {
    if (!token.isEmpty()) {
      List.of(sent.split(SEPARATOR, -1)).forEach(tokens::remove);
      tokens.add(token);
    }
  }

  /** The nodes do not know these positions: begins anew. */
  synchronized void forget() {
    tokens.clear();
  }
}

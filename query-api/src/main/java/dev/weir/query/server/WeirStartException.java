package dev.weir.query.server;

import org.jspecify.annotations.Nullable;

/** A node did not start; the message says why and what to do. */
public final class WeirStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WeirStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

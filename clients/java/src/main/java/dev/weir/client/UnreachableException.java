package dev.weir.client;

import java.net.URI;

/**
 * The node did not answer. Another node may; whether a write was applied is unknown unless the
 * connection was refused.
 */
public final class UnreachableException extends WeirClientException {

  private static final long serialVersionUID = 1L;

  UnreachableException(URI url, Exception cause) {
    super(
        "no answer from "
            + url
            + " ("
            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
            + "): is a node running there?",
        cause);
  }
}

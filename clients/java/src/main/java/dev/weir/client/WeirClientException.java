package dev.weir.client;

import org.jspecify.annotations.Nullable;

/** A request did not succeed; the kinds tell what the caller can do. */
public abstract sealed class WeirClientException extends RuntimeException
    permits ProblemException, UnreachableException {

  private static final long serialVersionUID = 1L;

  WeirClientException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

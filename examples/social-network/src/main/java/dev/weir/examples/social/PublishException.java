package dev.weir.examples.social;

/** The events could not be published; publishing again goes on where it stopped. */
public final class PublishException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PublishException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.weir.kafka;

import org.jspecify.annotations.Nullable;

/** The broker could not be started or stopped; the message ends with what to try. */
public final class EmbeddedKafkaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EmbeddedKafkaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package dev.weir.cli;

import org.jspecify.annotations.Nullable;

/** A command did not do what it was asked; the message tells a person why and what to try. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure without another one behind it. */
  public CommandException(String message) {
    this(message, null);
  }

  /** A failure that another one caused. */
  public CommandException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

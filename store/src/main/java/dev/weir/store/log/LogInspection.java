package dev.weir.store.log;

/** What a look at the log came to. */
public sealed interface LogInspection {

  /** The log was seen. */
  record Seen(LogFacts facts) implements LogInspection {}

  /** Kafka did not answer in time: try again later, or correct the address or the credentials. */
  record Unreachable(String detail) implements LogInspection {}
}

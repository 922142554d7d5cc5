package dev.weir.chaos;

import java.util.Locale;

/**
 * What a read was promised.
 *
 * @param kind of promise
 * @param boundNanos how stale a {@link Kind#BOUNDED} answer may be; 0 for all other kinds
 */
public record Level(Kind kind, long boundNanos) {

  /** The promises, strongest first. */
  public enum Kind {
    /** Linearisable per key. */
    STRONG,
    /** Nothing older than what this client has written or seen. */
    SESSION,
    /** At most a given time behind. */
    BOUNDED,
    /** Something that was once written. */
    EVENTUAL
  }

  public static final Level STRONG = new Level(Kind.STRONG, 0);
  public static final Level SESSION = new Level(Kind.SESSION, 0);
  public static final Level EVENTUAL = new Level(Kind.EVENTUAL, 0);

  /** A level with a bound in time. */
  public static Level bounded(long nanos) {
    return new Level(Kind.BOUNDED, nanos);
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return kind == Kind.BOUNDED ? name + " " + boundNanos / 1_000_000 + " ms" : name;
  }
}

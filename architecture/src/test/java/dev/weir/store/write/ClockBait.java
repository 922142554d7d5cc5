package dev.weir.store.write;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;

/** Breaks, in every method: no clock in the fold. */
@SuppressWarnings({"JavaTimeDefaultTimeZone", "JavaUtilDate"})
public final class ClockBait {

  private ClockBait() {}

  static long millis() {
    return System.currentTimeMillis();
  }

  static long nanos() {
    return System.nanoTime();
  }

  static Instant instant() {
    return Instant.now();
  }

  static Instant instantOfClock(Clock clock) {
    return Instant.now(clock);
  }

  static LocalDate localDate() {
    return LocalDate.now();
  }

  static Clock clock() {
    return Clock.systemUTC();
  }

  static Date date() {
    return new Date();
  }

  static void sleep() throws InterruptedException {
    Thread.sleep(1, 1);
  }
}

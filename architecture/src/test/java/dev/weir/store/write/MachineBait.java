package dev.weir.store.write;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Locale;
import java.util.TimeZone;

/** Breaks, in every method: nothing that depends on the machine in the fold. */
@SuppressWarnings({"DefaultCharset", "StringCaseLocaleUsage", "DefaultLocale"})
public final class MachineBait {

  private MachineBait() {}

  static String format(int number) {
    return String.format("%d", number);
  }

  static String formatted(int number) {
    return "%d".formatted(number);
  }

  static String lower(String text) {
    return text.toLowerCase();
  }

  static String upper(String text) {
    return text.toUpperCase();
  }

  static byte[] bytes(String text) {
    return text.getBytes();
  }

  static String text(byte[] bytes) {
    return new String(bytes);
  }

  static String partOfText(byte[] bytes) {
    return new String(bytes, 0, 1);
  }

  static Locale locale() {
    return Locale.getDefault();
  }

  static Charset charset() {
    return Charset.defaultCharset();
  }

  static TimeZone timeZone() {
    return TimeZone.getDefault();
  }

  static ZoneId zone() {
    return ZoneId.systemDefault();
  }

  static String environment() {
    return System.getenv("HOME");
  }

  static String property() {
    return System.getProperty("user.name");
  }
}

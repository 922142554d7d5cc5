package dev.weir.store.snapshot;

import java.util.regex.Pattern;

/** Which names objects may have. */
public final class ObjectNames {
  private static final String STEP = "[A-Za-z0-9][A-Za-z0-9._-]{0,199}";
  private static final Pattern NAME = Pattern.compile(STEP + "(/" + STEP + "){0,9}");
  private static final Pattern PREFIX = Pattern.compile("(" + STEP + "/){0,10}(" + STEP + ")?");

  private ObjectNames() {}

  /**
   * The name itself.
   *
   * @throws IllegalArgumentException if no object may be called so
   */
  public static String check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of an object");
    }
    return name;
  }

  /**
   * The prefix itself; empty = all objects.
   *
   * @throws IllegalArgumentException if no object's name may begin so
   */
  public static String checkPrefix(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException("'" + prefix + "' begins no name of an object");
    }
    return prefix;
  }
}

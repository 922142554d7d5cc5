package dev.weir.store;

import java.util.Collection;

/** Guesses which known name a wrong one was meant to be. */
final class Suggestion {

  /** Longer names than this are not typing errors, and comparing them would cost their square. */
  private static final int LONGEST = 64;

  private Suggestion() {}

  static String advice(String name, Collection<String> known) {
    if (known.isEmpty()) {
      return "leave it out";
    }
    String best = "";
    int least = name.length() > LONGEST ? 0 : Math.max(1, name.length() / 3) + 1;
    for (String candidate : known) {
      int distance = least == 0 ? least : distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty()
        ? "use one of " + String.join(", ", known)
        : "did you mean '" + best + "'?";
  }

  /** How many characters must be inserted, removed or replaced; letter case does not count. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}

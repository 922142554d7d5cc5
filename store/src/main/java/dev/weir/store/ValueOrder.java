package dev.weir.store;

import dev.weir.store.Filter.Value;
import java.util.Comparator;

/**
 * The order of values of all kinds: nothing, false, true, numbers by their value, texts by their
 * code points. Indexes and sorts have the same.
 */
public enum ValueOrder implements Comparator<Value> {
  /** The one order. */
  ASCENDING;

  @Override
  public int compare(Value a, Value b) {
    if (a instanceof Value.Text x && b instanceof Value.Text y) {
      return byCodePoints(x.text(), y.text());
    }
    return a instanceof Value.Numeric x && b instanceof Value.Numeric y
        ? x.number().compareTo(y.number())
        : Integer.compare(rank(a), rank(b));
  }

  private static int rank(Value value) {
    if (value instanceof Value.Null) {
      return 0;
    }
    if (value instanceof Value.Flag flag) {
      return flag.flag() ? 2 : 1;
    }
    return value instanceof Value.Numeric ? 3 : 4;
  }

  /**
   * The order of the texts' code points, which is not that of their chars; the halves of a pair
   * count as above everything else, also when they are alone.
   */
  public static int byCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean pairX = Character.isSurrogate(x);
        boolean pairY = Character.isSurrogate(y);
        return pairX == pairY ? Character.compare(x, y) : Boolean.compare(pairX, pairY);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
